"""A request for a connection whose asker has left goes on in the firm's name."""

from chassis.testing.world import eventually
from services.clients.tests.builders.linking import Parent, a_record, ask_for, link_of
from services.clients.tests.builders.practice import a_practice


def issued(world, connection_id):
    mailer = world.as_service("notifications")
    return world.call("clients.issue_connection_link", as_=mailer, connection_id=connection_id)


def asked(world, keep=True, same=True):
    """A request by a member who then goes, unless they are the ``same`` still."""
    admin, member = a_practice(world, "admin", "member")
    home = a_practice(world, "admin")[0]
    client_id, parent = a_record(member), Parent(world)
    of = {"client_id": client_id, "email": parent.email, "message": "Hello, Petra."}
    connection_id = member.call("request_connection", **of)["connection_id"]
    if not same:
        member.goes(home, keep=keep, by=admin)
        eventually(member.is_gone)
    return member, parent, connection_id


def test_while_who_asked_is_a_member_the_mail_names_them(world):
    member, _, connection_id = asked(world)

    told = issued(world, connection_id)

    assert told["firm_name"] == "Weiss and Partners"
    assert (told["requested_by_name"], told["requested_by_email"]) == (member.name, member.email)
    assert told["message"] == "Hello, Petra."


def test_once_who_asked_has_left_the_mail_and_the_page_name_the_firm(world):
    member, _, connection_id = asked(world, same=False)

    told = issued(world, connection_id)
    offered = world.call("clients.open_connection", token=told["token"])

    for shown in (told, offered):
        assert shown["requested_by_name"] == shown["firm_name"] == "Weiss and Partners"
        assert shown["message"] is None
        assert member.name not in str(shown)
    assert told["requested_by_email"] is None


def test_the_page_names_the_firm_by_its_name_of_today(world):
    (member,) = a_practice(world, "member")
    client_id, parent = a_record(member), Parent(world)
    token = link_of(world, ask_for(member, client_id, parent))
    renamed = {
        "firm_id": member.firm_id,
        "name": "Weiss LLP",
        "solo": False,
        "policy": "open",
        "owner_account_id": member.account_id,
        "version": 2,
    }

    world.publish("groups", "firm_changed.v1", renamed, subject=member.firm_id)

    eventually(
        lambda: world.call("clients.open_connection", token=token)["firm_name"] == "Weiss LLP"
    )
    assert parent.call("accept_connection", token=token)["firm_name"] == "Weiss LLP"
