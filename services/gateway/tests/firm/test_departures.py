"""Members who go: what is shown before, what is chosen, and what can be taken back."""

import pytest

from chassis.testing.world import eventually
from tests.support.practice import (
    a_firm,
    a_member,
    an_address,
    invite,
    overview_of,
    unused_licenses,
    works_in,
)


def a_client(world, person, name: str) -> str:
    """A client of that person's."""
    made = person.call(world, "clients.create_client", given_name=name)
    client_id: str = made["client_id"]
    return client_id


def whose(world, viewer, client_id: str) -> str | None:
    """To whom a client is assigned."""
    seen = viewer.call(world, "clients.get_client", client_id=client_id)
    member_id: str | None = seen["assigned_member_id"]
    return member_id


@pytest.mark.proves("S1-47", "S1-48", "S1-50", "S1-51", "S1-53", "S1-56")
def test_a_member_with_clients_is_removed_after_a_choice_and_the_clients_come_back(
    world, reading_as
) -> None:
    firm = a_firm(world, licenses=2)
    member, heir = a_member(world, firm), a_member(world, firm)
    client_id = a_client(world, member, "Ida Weiss")
    reader = reading_as(firm.founder)
    shown = reader.open(_removal_of(world, firm, member))
    assert "1 client is assigned to them. What becomes of it?" in shown.text
    assert "Unused 0 1" in shown.text
    undecided = reader.send("Remove from the firm")
    assert (undecided.status, undecided.alert) == (409, "Say what becomes of their clients.")
    undecided = reader.send("Remove from the firm", clients="give")
    assert (undecided.status, undecided.errors["receiver"]) == (422, "Choose who gets the clients.")

    page = reader.send("Remove from the firm", receiver=_id_of(world, firm, heir))
    assert page.heading == "A member went"
    assert f"Ida Weiss from {member.name} to {heir.name}" in page.text
    assert unused_licenses(world, firm.founder) == 1
    assert whose(world, firm.founder, client_id) == _id_of(world, firm, heir)
    assert eventually(lambda: works_in(world, member) != firm.firm_id)

    page = reader.send("Undo this handover")
    assert page.heading == "A handover undone"
    assert page.notice == "Clients that went back: 1. Clients that stayed: 0."
    assert whose(world, firm.founder, client_id) is None
    former = reader.follow("an earlier handover")
    assert not [button for form in former.forms for button in form.buttons if "Undo" in button[0]]
    listed = reader.open("/handovers")
    assert f"A member went {member.name}" in listed.text
    assert "Undone" in listed.text


@pytest.mark.proves("S1-23", "S1-52", "S1-64")
def test_a_billing_only_member_lets_clients_go_along(world, reading_as) -> None:
    firm = a_firm(world, licenses=1)
    member, bookkeeper = a_member(world, firm), a_member(world, firm, "billing_only")
    client_id = a_client(world, member, "Ida Weiss")
    reader = reading_as(bookkeeper)
    shown = reader.open(_removal_of(world, firm, member))
    assert "Ida Weiss" not in shown.text
    assert "receiver" not in shown.form("Remove from the firm").names

    page = reader.send("Remove from the firm", clients="go")

    assert page.path == "/firm"
    assert member.email not in page.text
    assert whose(world, member, client_id) == overview_of(world, member)["viewer"]["member_id"]


@pytest.mark.proves("S1-49", "S1-55")
def test_without_clients_nothing_is_asked_and_open_invitations_can_be_cancelled(
    world, reading_as
) -> None:
    firm = a_firm(world)
    admin = a_member(world, firm, "billing_only")
    kept, dropped = an_address(), an_address()
    invite(world, admin, kept, "billing_only")
    gone = invite(world, admin, dropped, "billing_only")
    reader = reading_as(firm.founder)
    shown = reader.open(_removal_of(world, firm, admin))
    assert "clients" not in shown.form("Remove from the firm").names
    assert "They have sent 2 invitations that are open" in shown.text

    page = reader.send("Remove from the firm", cancel=[gone["invitation_id"]])

    assert page.path == "/firm"
    assert kept in page.text
    assert dropped not in page.text
    assert admin.email not in page.text


@pytest.mark.proves("S1-56")
def test_somebody_leaves_and_works_in_a_firm_of_their_own(world, reading_as) -> None:
    firm = a_firm(world, licenses=1)
    member = a_member(world, firm)
    a_client(world, member, "Ida Weiss")
    reader = reading_as(member)
    reader.open("/firm")
    shown = reader.follow("Leave the firm")
    assert "The 1 client assigned to you stays with the firm" in shown.text

    page = reader.send("Leave the firm")

    assert page.notice == "You have left the firm and work in your own now."
    own = overview_of(world, member)
    assert own["firm"]["firm_id"] != firm.firm_id
    alone = reader.open("/firm/leave")
    assert (alone.status, "Nobody else works in this firm" in alone.alert) == (409, True)
    last = reading_as(firm.founder).open("/firm")
    assert "Leave the firm" not in last.text


def _id_of(world, firm, person) -> str:
    people = overview_of(world, firm.founder)["members"]
    member_id: str = next(
        one["member_id"] for one in people if one["account_id"] == person.account_id
    )
    return member_id


def _removal_of(world, firm, person) -> str:
    return f"/firm/members/{_id_of(world, firm, person)}/remove"
