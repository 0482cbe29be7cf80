"""The licenses' page: counts, what comes as a picture and a table, and what has been."""

from services.gateway.tests.firm.conftest import Practice
from tests.support.practice import a_firm


def test_the_forecast_is_a_picture_and_a_table_that_say_the_same(
    practice: Practice, world, reading_as
) -> None:
    reader = reading_as(practice.bookkeeper)
    reader.open("/firm")

    page = reader.follow("licenses in all")

    assert (page.status, page.heading) == (200, "Licenses")
    forecast = practice.admin.call(world, "groups.get_license_forecast")["items"]
    assert [(day["renewing"], day["waiting"], day["lapsing"]) for day in forecast] == [(1, 1, 1)]
    assert "renew wait for an answer lapse" in page.text
    assert page.text.count(" 1 1 1 ") == 1
    picture = page.response.get_data(as_text=True)
    for kind in ("renewing", "waiting", "lapsing"):
        assert picture.count(f'<rect class="{kind}"') == 1


def test_the_biography_says_what_became_of_each_license(practice: Practice, reading_as) -> None:
    reader = reading_as(practice.admin)
    reader.open("/firm/licenses")

    page = reader.follow("What has been")

    for words in ("Came with the founder's own subscription", "Bought", "Held for an invitation"):
        assert words in page.text
    assert f"Taken up by joining {practice.member.name}" in page.text
    assert practice.invited in page.text


def test_a_firm_that_bought_nothing_has_an_empty_forecast(practice, world, reading_as) -> None:
    page = reading_as(a_firm(world).founder).open("/firm/licenses")

    assert "The firm has bought no licenses." in page.text
