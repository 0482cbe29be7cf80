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


@pytest.mark.proves("S1-80", "S1-82", "S1-83", "S1-84", "S1-85")
def test_a_clients_message_is_marked_until_whose_client_it_is_opens_it(world):
    firm, parent = a_firm(world, licenses=1), a_client_account(world)
    founder, colleague = firm.founder, a_member(world, firm)
    client_id = connected(world, founder, parent)
    of = {"client_id": client_id, "section": "messages"}

    founder.call(world, "clients.write_entry", content={"title": "From us", "text": "A"}, **of)
    parent.call(world, "clients.write_entry", content={"title": "Hello", "text": "B"}, **of)
    eventually(lambda: home_row(world, founder, client_id)["updated"])

    assert home_row(world, founder, client_id)["unseen"] == 1
    assert not home_row(world, colleague, client_id)["updated"]
    (told,) = founder.call(world, "notifications.list_changes", client_id=client_id)["items"]
    assert (told["section"], told["title"], told["seen"]) == ("messages", "Hello", False)
    assert {field["field"]: field["new"] for field in told["changes"]}["text"] == "B"

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
