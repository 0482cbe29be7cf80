"""A client's own pages: what is shared with them, by whom, and what they write themselves."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from services.gateway.tests.clients.sharing import a_client, connect, write
from services.gateway.tests.reading import Reader
from tests.support.practice import Person, a_client_account, a_firm

ReadingAs = Callable[[Person], Reader]


def test_who_shares_with_nobody_is_told_what_to_do(world, reading_as: ReadingAs) -> None:
    reader = reading_as(a_client_account(world))

    page = reader.page

    assert (page.path, page.heading) == ("/portal", "Shared with me")
    assert "Nobody shares with you yet" in page.text
    assert "Open the link in it" in page.text


@pytest.mark.proves("S2-19")
def test_records_of_several_firms_stand_apart(world, reading_as: ReadingAs) -> None:
    first, second, parent = a_firm(world).founder, a_firm(world).founder, a_client_account(world)
    mia, tom = a_client(world, first, "Mia Klein"), a_client(world, first, "Tom Klein")
    lea = a_client(world, second, "Lea Klein")
    for member, client_id in ((first, mia), (first, tom), (second, lea)):
        connect(world, member, client_id, parent)
        write(world, member, client_id, "messages")
    write(world, first, mia, "journal")
    reader = reading_as(parent)
    page = reader.open("/portal")
    assert all(name in page.text for name in ("Mia Klein", "Tom Klein", "Lea Klein"))

    page = reader.follow("Tom Klein")
    assert (page.path, page.heading) == (f"/portal/{tom}", "Tom Klein")
    assert "Handing over" not in page.text
    page = reader.open(f"/portal/{mia}?section=journal")
    assert "Handing over" in page.text
    assert "Holidays" not in page.text
    assert reader.open(f"/portal/{uuid4()}").status == 404
    assert reader.open(f"/clients/{mia}/shared").status == 403
    assert reading_as(first).open(f"/portal/{mia}").status == 403


def test_a_client_writes_changes_and_deletes_and_reads_the_history(
    world, reading_as: ReadingAs
) -> None:
    founder, parent = a_firm(world).founder, a_client_account(world)
    client_id = a_client(world, founder)
    connect(world, founder, client_id, parent)
    reader = reading_as(parent)
    reader.open(f"/portal/{client_id}")
    assert "whatever you or" in reader.page.text
    reader.send("Add an entry", section="journal")
    page = reader.send("Save", title="On time", text="", day="2027-03-03")
    assert page.status == 422
    assert page.errors.keys() == {"text"}

    page = reader.send("Save", text="At the door.")
    assert page.notice == "On time is saved."
    assert page.path.startswith(f"/portal/{client_id}/")
    assert "of your side" in page.text
    reader.follow("Edit")
    page = reader.send("Save", text="At the school.")
    assert "At the door." in page.text
    assert "At the school." in page.text
    assert "your firm" not in page.text
    reader.follow("Delete")
    page = reader.send("Delete")

    assert (page.path, page.notice) == (
        f"/portal/{client_id}?section=journal",
        "On time is deleted.",
    )
    assert "Nothing here yet" in page.text


def test_a_client_reads_who_may_see_them_and_why(world, reading_as: ReadingAs) -> None:
    founder, parent = a_firm(world).founder, a_client_account(world)
    client_id = a_client(world, founder)
    connect(world, founder, client_id, parent)
    reader = reading_as(parent)
    reader.open(f"/portal/{client_id}")

    page = reader.follow("Who can see this")

    assert (page.path, page.heading) == (f"/portal/{client_id}/access", "Lea Klein")
    assert f"{founder.name} Admin They look after this record." in page.text
    assert reader.open(f"/portal/{uuid4()}/access").status == 404


def test_after_the_end_it_is_read_and_no_more_written(world, reading_as: ReadingAs) -> None:
    founder, parent = a_firm(world).founder, a_client_account(world)
    client_id = a_client(world, founder)
    connect(world, founder, client_id, parent)
    entry = write(world, founder, client_id, "messages")
    reader = reading_as(parent)
    reader.open(f"/portal/{client_id}")
    reader.follow("End the connection")
    reader.send("End the connection")

    page = reader.open("/portal")
    assert "only to read" in page.text
    page = reader.follow("Lea Klein")
    assert "The connection has ended" in page.text
    assert not [form for form in page.forms if form.action.endswith("/new")]
    assert not {"End the connection", "Who can see this"} & {text for text, _ in page.links}
    assert reader.open(f"/portal/{client_id}/access").status == 409
    page = reader.open(f"/portal/{client_id}/{entry['entry_id']}")
    assert "no more written" in page.text
    assert not {"Edit", "Delete"} & {text for text, _ in page.links}
    reader.open(f"{page.path}/edit")
    page = reader.send("Save", title="Late")
    assert page.status == 409
    assert "no more written" in page.alert
