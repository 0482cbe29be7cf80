"""Delivery states, for those who manage members."""

from uuid import UUID, uuid4

import pytest

from chassis.errors import ChassisError
from chassis.testing.world import eventually
from notifications.mails.tables import mails
from notifications.members.storage import find_membership
from notifications.members.tables import members
from services.notifications.tests.builders import samples
from services.notifications.tests.builders.asking import (
    an_address,
    invite,
    log_in,
    mails_of,
    register,
    settled,
)


def a_member(world, role, firm_id=None):
    """The token of a member as notifications knows them from events, and their firm."""
    account_id, firm_id = uuid4(), firm_id or uuid4()
    member = samples.joined(
        account_id=account_id,
        firm_id=firm_id,
        role=role,
        invitation_id=None,
        status="active",
        version=1,
    )
    world.publish("groups", "member_joined.v1", member)
    eventually(lambda: membership(world, account_id))
    return world.as_person(account_id=account_id, email=member["email"]), member


def membership(world, account_id):
    with world.transaction("notifications") as tx:
        return find_membership(tx.session, account_id)


def receipts_for(world, firm_id, count):
    """That many mails of the firm, all delivered."""
    address = an_address()
    for _ in range(count):
        recipients = [{"name": "Zoë", "email": address}]
        event = samples.receipt(firm_id=firm_id, recipients=recipients)
        world.publish("billing", "receipt_issued.v1", event)
    eventually(lambda: len(mails_of(world, address)) == count)
    settled(world, address)
    return address


def list_mails(world, token, **page):
    return world.call("notifications.list_mails", as_=token, **page)


@pytest.mark.parametrize("role", ["admin", "billing_only"])
def test_who_manages_members_sees_how_far_the_firms_mails_got(world, role):
    token, member = a_member(world, role)
    address = receipts_for(world, member["firm_id"], 1)

    (mail,) = list_mails(world, token)["items"]

    assert (mail["recipient"], mail["kind"]) == (address, "receipt")
    assert (mail["state"], mail["attempts"], mail["due_at"]) == ("delivered", 1, None)
    assert "facts" not in mail


@pytest.mark.parametrize("role", ["member", "practitioner"])
def test_other_members_do_not_see_addresses(world, role):
    token, _ = a_member(world, role)

    with pytest.raises(ChassisError) as refused:
        list_mails(world, token)

    assert refused.value.code == "not_allowed_to_see_mails"


def test_a_firm_sees_only_its_own_mails(world):
    _, other = a_member(world, "admin")
    receipts_for(world, other["firm_id"], 1)
    token, _ = a_member(world, "admin")

    assert list_mails(world, token)["items"] == []
    assert list_mails(world, token, about=str(uuid4()))["items"] == []


def test_a_member_who_left_sees_nothing_any_more(world):
    token, member = a_member(world, "admin")
    world.publish("groups", "member_changed.v1", {**member, "status": "removed", "version": 2})
    eventually(lambda: membership(world, member["account_id"]) is None)

    with pytest.raises(ChassisError) as refused:
        list_mails(world, token)

    assert refused.value.kind == "forbidden"


def test_an_older_state_of_a_member_arriving_late_changes_nothing(world):
    _, member = a_member(world, "admin")
    world.publish("groups", "member_changed.v1", {**member, "role": "member", "version": 3})
    eventually(lambda: membership(world, member["account_id"])["role"] == "member")

    world.publish("groups", "member_changed.v1", {**member, "role": "admin", "version": 2})
    world.publish("groups", "member_changed.v1", {**member, "name": "Bo", "version": 4})

    eventually(lambda: membership(world, member["account_id"])["version"] == 4)
    assert membership(world, member["account_id"])["role"] == "admin"


def test_mails_are_listed_newest_first_page_by_page(world):
    token, member = a_member(world, "admin")
    receipts_for(world, member["firm_id"], 5)

    first = list_mails(world, token, limit=2)
    second = list_mails(world, token, limit=2, cursor=first["next_cursor"])
    last = list_mails(world, token, limit=2, cursor=second["next_cursor"])

    ids = [mail["mail_id"] for page in (first, second, last) for mail in page["items"]]
    assert len(ids) == 5
    assert ids == sorted(ids, reverse=True)
    assert last["next_cursor"] is None


def test_a_cursor_of_another_list_is_refused(world):
    token, _ = a_member(world, "admin")

    with pytest.raises(ChassisError) as refused:
        list_mails(world, token, cursor="WzFd")

    assert refused.value.code == "invalid_cursor"


def test_a_mail_that_came_back_shows_its_reason_beside_the_invitation(world):
    inviter, invitee = log_in(world, register(world)), an_address()
    invitation = invite(world, inviter, invitee)
    (mail,) = settled(world, invitee)
    old = f"zoë.{uuid4().hex}@example.org"  # as doors took them once
    with world.transaction("notifications") as tx:
        kept = mails.update().where(mails.c.id == mail.id)
        tx.session.execute(kept.values(recipient=old, state="sending", due_at=tx.now))
        tx.wake("deliver_mail")
    settled(world, old, "permanent_failure")

    page = list_mails(world, inviter, about=invitation["invitation_id"])

    (mail,) = page["items"]
    assert (mail["state"], mail["reason"]) == ("permanent_failure", "invalid_address")


def test_before_it_is_refused_the_owner_of_members_is_asked(world):
    """The account is an admin in groups, and the event has not arrived here."""
    token = log_in(world, register(world))
    account_id = world.call("identity.who_am_i", as_=token)["account_id"]
    eventually(lambda: forgotten(world, account_id))

    assert list_mails(world, token)["items"] == []


def forgotten(world, account_id):
    with world.transaction("notifications") as tx:
        mine = members.delete().where(members.c.account_id == UUID(account_id))
        return tx.session.execute(mine).rowcount
