"""Whose a client is, in the browser."""

from collections.abc import Callable

import pytest

from services.gateway.tests.clients.sharing import a_client
from services.gateway.tests.reading import Reader
from tests.support.practice import Firm, Person, a_firm, a_member

ReadingAs = Callable[[Person], Reader]


def member_ids(world, firm: Firm) -> dict[str, str]:
    found = firm.founder.call(world, "groups.list_members")["items"]
    return {one["account_id"]: one["member_id"] for one in found}


@pytest.mark.proves("S1-86", "S1-87", "S1-89")
def test_a_member_takes_clients_and_gives_none_away(world, reading_as: ReadingAs) -> None:
    firm = a_firm(world, licenses=1)
    member = a_member(world, firm)
    theirs = a_client(world, firm.founder)
    nobodys = a_client(world, firm.founder, "Noah Brandt", assigned_member_id=None)
    reader = reading_as(member)

    page = reader.open(f"/clients/{theirs}")
    assert "Reassign" not in {text for text, _ in page.links}
    page = reader.send("Assign to myself")
    assert page.notice == "Lea Klein is assigned to you now."
    assert "Assigned to you" in page.text
    page = reader.open("/clients?view=unassigned")
    assert "Lea Klein" not in page.text
    page = reader.send("Take over Noah Brandt")
    assert page.notice == "Noah Brandt is assigned to you now."
    assert (
        "Every client that you may see is with somebody."
        in reader.open("/clients?view=unassigned").text
    )

    founder_id = member_ids(world, firm)[firm.founder.account_id]
    path = f"/clients/reassign?client={nobodys}&member={founder_id}"
    page = reader.open(path)
    assert (page.status, page.alert.strip()) == (403, "Only admins give clients to others.")
    assert reader.open(f"/clients/reassign?client={nobodys}").status == 403
    assert reader.open(f"/clients/{nobodys}/handovers").status == 403


@pytest.mark.proves("S1-88", "S1-90")
def test_an_admin_reassigns_several_clients_at_once(world, reading_as: ReadingAs) -> None:
    firm = a_firm(world, licenses=1)
    member, payer = a_member(world, firm), a_member(world, firm, "billing_only")
    ids = member_ids(world, firm)
    first = a_client(world, firm.founder)
    second = a_client(world, firm.founder, "Noah Brandt")
    reader = reading_as(firm.founder)

    page = reader.send("Reassign those ticked")
    assert page.notice == "Tick the clients first, then reassign them."
    page = reader.send("Reassign those ticked", client=[first, second])
    assert page.heading == "Reassign 2 clients"
    offered = page.response.get_data(as_text=True)
    assert ids[member.account_id] in offered
    assert ids[payer.account_id] not in offered
    page = reader.send("Show what changes", member=ids[member.account_id])
    assert f"Noah Brandt: from {firm.founder.name} to {member.name}" in page.text
    assert "Nobody sees more or fewer clients." in page.text
    page = reader.send("Reassign")
    assert page.path == "/clients"
    assert "reassigned: 2" in page.notice

    page = reader.open(f"/clients/{second}/handovers")
    assert f"from {firm.founder.name} to {member.name} by {firm.founder.name}" in page.text
    reader.open(f"/clients/reassign?client={first}&member={ids[firm.founder.account_id]}")
    page = reader.send("Reassign")
    assert (page.path, page.notice) == (f"/clients/{first}", "Lea Klein is reassigned.")
    page = reader.open(f"/clients/reassign?client={first}&member={ids[payer.account_id]}")
    assert page.status == 409
    assert "does not work on clients" in page.alert
