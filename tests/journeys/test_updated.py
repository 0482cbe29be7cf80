"""A client changes what is shared, and whose client it is sees that something is new."""

import pytest

from chassis.errors import NotFound
from chassis.testing.world import eventually, link_in
from tests.support.practice import a_client_account, a_firm, a_member


def connected(world, member, parent):
    """A client of that member, connected with the parent's account by the mailed link."""
    made = member.call(world, "clients.create_client", given_name="Lea", family_name="Klein")
    of = {"client_id": made["client_id"], "email": parent.email}
    member.call(world, "clients.request_connection", **of)
    token = link_in(world.mail(parent.email, "connect"), "/connections")
    parent.call(world, "clients.accept_connection", token=token)
    return made["client_id"]


def home_row(world, member, client_id):
    rows = member.call(world, "notifications.list_home")["items"]
    return next(row for row in rows if row["client_id"] == client_id)


WHEN = {
    "starts_at": "2026-12-04T17:00",
    "ends_at": "2026-12-04T18:00",
    "time_zone": "Europe/Berlin",
}
SHARED = {
    "calendar": {"title": "Hello", **WHEN},
    "activities": {"title": "Hello"},
    "messages": {"title": "Hello", "text": "B"},
    "expenses": {"title": "Hello", "amount": 4_990, "currency": "EUR", "day": "2026-11-20"},
}


@pytest.mark.proves(
    "S1-76", "S1-78", "S1-79", "S1-80", "S1-81", "S1-82", "S1-83", "S1-84", "S1-85", "Q7"
)
@pytest.mark.parametrize("section", SHARED)
def test_what_a_client_changes_is_marked_until_whose_client_it_is_opens_it(world, section):
    firm, parent = a_firm(world, licenses=1), a_client_account(world)
    founder, colleague = firm.founder, a_member(world, firm)
    client_id = connected(world, founder, parent)
    of = {"client_id": client_id, "section": section}
    from_us = {**SHARED[section], "title": "From us"}

    founder.call(world, "clients.write_entry", content=from_us, **of)
    parent.call(world, "clients.write_entry", content=SHARED[section], **of)
    eventually(lambda: home_row(world, founder, client_id)["updated"])

    row = home_row(world, founder, client_id)
    assert (row["shared"], row["unseen"]) == (True, 1)
    assert not home_row(world, colleague, client_id)["updated"]
    found = founder.call(world, "notifications.list_changes", client_id=client_id)
    (told,) = found["items"]
    assert found["client_name"] == row["name"]
    assert founder.call(world, "notifications.get_bell") == {
        "unseen": 1,
        "role": "admin",
        "member_id": row["assigned_member_id"],
    }
    assert (told["section"], told["title"], told["seen"]) == (section, "Hello", False)
    assert {field["field"] for field in told["changes"]} >= set(SHARED[section])

    colleague.call(world, "notifications.open_changes", client_id=client_id)
    assert home_row(world, founder, client_id)["updated"]
    founder.call(world, "notifications.open_changes", client_id=client_id)
    assert not home_row(world, founder, client_id)["updated"]
    (told,) = founder.call(world, "notifications.list_changes", client_id=client_id)["items"]
    assert told["seen"]


@pytest.mark.proves("S1-63")
def test_a_strangers_bell_and_a_billing_only_members_are_not_there(world):
    firm, stranger = a_firm(world), a_firm(world).founder
    payer = a_member(world, firm, "billing_only")
    made = firm.founder.call(world, "clients.create_client", given_name="Lea")

    for nobody in (payer, stranger):
        for message in ("list_changes", "open_changes"):
            with pytest.raises(NotFound) as refused:
                nobody.call(world, f"notifications.{message}", client_id=made["client_id"])
            assert refused.value.code == "client_not_found"
    assert payer.call(world, "notifications.list_home")["items"] == []
