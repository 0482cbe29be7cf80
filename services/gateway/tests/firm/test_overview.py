"""The firm's page: who is there, what it has, and what may be changed about it."""

import pytest

from services.gateway.tests.firm.conftest import Practice


def figures(text: str) -> tuple[str, ...]:
    """The counts of licenses as they stand on the page: total, unused, held, used."""
    words = ("licenses in all", "unused licenses", "held by invitations", "used by members")
    return tuple(text.partition(f" {word}")[0].rpartition(" ")[2] for word in words)


@pytest.mark.proves("S1-03", "S1-06", "S1-07", "S1-67", "S1-40", "S1-41", "S1-09")
def test_an_admin_finds_the_firm_in_the_settings_with_licenses_members_and_invited(
    practice: Practice, reading_as
) -> None:
    reader = reading_as(practice.admin)
    reader.open("/settings")
    page = reader.follow("Edit the firm")

    assert (page.status, page.path) == (200, "/firm")
    assert figures(page.text) == ("4", "1", "1", "2")
    assert page.link("Buy licenses") == "/billing/licenses"
    joined, _, invited = page.text.partition(" Invited ")
    assert practice.member.name in joined
    assert practice.bookkeeper.email in joined
    assert practice.invited not in joined
    assert practice.member.email not in invited
    assert page.link(practice.invited) == f"/firm/invitations/{practice.invitation_id}"
    assert page.link(f"Remove {practice.member.name}")


@pytest.mark.proves("S1-06", "S1-07")
def test_a_billing_only_member_sees_the_same_counts_and_may_not_rename(
    practice: Practice, reading_as
) -> None:
    reader = reading_as(practice.bookkeeper)

    page = reader.open("/firm")

    assert figures(page.text) == ("4", "1", "1", "2")
    assert page.link("Invite")
    assert "Rename" not in page.text
    assert reader.open("/firm/name").status == 403


@pytest.mark.proves("S1-08", "S1-24", "S1-67")
def test_a_member_sees_the_people_and_neither_counts_nor_ways_to_change_them(
    practice: Practice, reading_as
) -> None:
    reader = reading_as(practice.member)

    page = reader.open("/firm")

    assert {practice.admin.email, practice.bookkeeper.email} < set(page.text.split())
    assert "unused" not in page.text
    assert practice.invited not in page.text
    shown = {text for text, _ in page.links}
    assert not shown & {"Invite", "Rename", "Change who sees clients", "Handovers"}
    for path in ("/firm/invite", "/firm/name", "/firm/visibility", "/firm/licenses"):
        assert reader.open(path).status == 403, path
    assert reader.open(f"/firm/invitations/{practice.invitation_id}").status == 403
    assert reader.open("/firm/licenses/history").status == 403


def test_the_firm_is_renamed_and_a_blank_name_is_refused_beside_the_field(
    practice: Practice, reading_as
) -> None:
    reader = reading_as(practice.admin)
    reader.open("/firm/name")

    refused = reader.send("Save", name="See www.example.com/now")
    assert refused.status == 422
    assert refused.errors["name"]
    assert refused.form("Save").fields["name"] == "See www.example.com/now"

    page = reader.send("Save", name="Weiss & <Partners>")
    assert (page.path, page.heading) == ("/firm", "Weiss & <Partners>")
    assert page.notice == "The firm is called Weiss & <Partners> now."


def test_an_admin_decides_who_sees_clients_in_words(practice: Practice, reading_as) -> None:
    reader = reading_as(practice.admin)
    page = reader.open("/firm/visibility")
    assert page.form("Save").fields["policy"] == "open"

    page = reader.send("Save", policy="assigned")

    assert page.path == "/firm"
    assert "Only admins see every client." in page.notice
    assert "Own clients only" in page.text


def test_who_is_not_in_the_firm_does_not_find_its_people(practice: Practice, reading_as) -> None:
    reader = reading_as(practice.admin)

    page = reader.open("/firm/members/018f0000-0000-7000-8000-000000000000")

    assert page.status == 404
    assert reader.open("/firm/members/nobody").status == 404
