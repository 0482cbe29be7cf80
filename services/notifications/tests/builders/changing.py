"""Members, clients and changes as groups and clients tell of them."""

from uuid import uuid4

from notifications.bells import storage as bells
from services.notifications.tests.builders import samples
from services.notifications.tests.builders.asking import an_address, handled


def a_member(world, firm_id=None, role="member", **other):
    """A member notifications knows of: the event, with a ``token``."""
    email = an_address()
    member = samples.joined(
        firm_id=firm_id or uuid4(),
        role=role,
        invitation_id=None,
        status="active",
        version=1,
        email=email,
        **other,
    )
    handled(world, world.publish("groups", "member_joined.v1", member))
    token = world.as_person(account_id=member["account_id"], email=email)
    return {**member, "token": token}


def a_client(world, member, version=1, connection="connected", **other):
    """A client of that member as clients says it."""
    client = {
        "client_id": uuid4(),
        "firm_id": member["firm_id"],
        "name": "Mia Klein",
        "connection": connection,
        "assigned_member_id": member["member_id"],
        "version": version,
        **other,
    }
    handled(world, world.publish("clients", "client_changed.v1", client))
    return client


def assign(world, client, member, version):
    """The client goes to that member."""
    news = {
        "client_id": client["client_id"],
        "firm_id": client["firm_id"],
        "client_name": client["name"],
        "assigned_member_id": member and member["member_id"],
        "previous_member_id": client["assigned_member_id"],
        "version": version,
    }
    handled(world, world.publish("clients", "client_assigned.v1", news))


def change(world, client, side="client", **other):
    """Somebody changes what both sides see; the event."""
    said = {
        "entry_id": uuid4(),
        "client_id": client["client_id"],
        "firm_id": client["firm_id"],
        "client_name": client["name"],
        "section": "calendar",
        "title": "Football",
        "action": "changed",
        "side": side,
        "changed_by_account_id": uuid4(),
        "changed_by_name": "Mia Klein",
        "changes": [{"field": "starts_at", "old": "10:00", "new": "11:00"}],
        "assigned_member_id": client["assigned_member_id"],
        "changed_at": samples.NOW,
        "version": 1,
        **other,
    }
    handled(world, world.publish("clients", "shared_entry_changed.v1", said))
    return said


def end(world, client):
    """The connection is over."""
    news = {
        "connection_id": uuid4(),
        "client_id": client["client_id"],
        "firm_id": client["firm_id"],
        "client_name": client["name"],
        "assigned_member_id": client["assigned_member_id"],
        "by_side": "client",
        "version": 3,
    }
    handled(world, world.publish("clients", "connection_ended.v1", news))


def bell(world, member, **page):
    """What stands in the member's own bell."""
    return world.call("notifications.list_bell", as_=member["token"], **page)


def unseen(world, member):
    """How many of them are unseen."""
    return sum(not told["seen"] for told in bell(world, member)["items"])


def opened(world, client, member, own=True):
    """The member has looked, as ``open_changes`` writes it down."""
    known = {**client, "client_name": client["name"]}
    with world.transaction("notifications") as tx:
        through = bells.lock_bell(tx.session, known).open(own)
        bells.open_bell(tx.session, member["member_id"], client["client_id"], through)
