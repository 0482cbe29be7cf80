"""Mails about a firm's affairs go to who is in charge when they leave, on both stacks."""

from uuid import uuid4

import pytest

from chassis.testing.world import eventually, text_of
from notifications.letters import firm_letters
from notifications.mails.acts import queue_mail
from notifications.mails.mail import State
from notifications.members.tables import members
from services.notifications.tests.builders import samples
from services.notifications.tests.builders.asking import (
    an_address,
    handled,
    log_in,
    mails_of,
    register,
)
from services.notifications.tests.builders.changing import a_member

PAPERS = {
    "receipt_issued.v1": samples.receipt,
    "statement_issued.v1": samples.statement,
    "payment_declined.v1": samples.declined,
    "payment_overdue.v1": samples.overdue,
}


def told_of(world, event_type, firm_id, *members):
    """The event, as billing says it, with these as whom it names."""
    people = [{"name": member["name"], "email": member["email"]} for member in members]
    event = PAPERS[event_type](firm_id=firm_id, recipients=people)
    handled(world, world.publish("billing", event_type, event))


def becomes(world, member, event_type="member_changed.v1", **changed):
    """Groups says that the member is something else, or none any more."""
    state = {name: member[name] for name in samples.joined()}
    state |= {"status": "active", "version": 2, **changed}
    handled(world, world.publish("groups", event_type, state))


def goes(world, member):
    becomes(world, member, "member_removed.v1", status="removed", reason="removed")


def ended(world, member, kinds):
    """The reasons of the member's mails of these kinds, once all are settled."""

    def look():
        mine = [mail for mail in mails_of(world, member["email"]) if mail.kind in kinds]
        return mine if mine and all(mail.due_at is None for mail in mine) else None

    return [(mail.state, mail.reason) for mail in eventually(look)]


KINDS = ("receipt", "statement", "payment_declined", "payment_overdue")


@pytest.mark.parametrize("event_type", PAPERS)
def test_who_was_removed_gets_no_paper_any_more_and_the_admins_get_it(world, event_type):
    admin = a_member(world, role="admin")
    payer = a_member(world, admin["firm_id"], "billing_only")
    member = a_member(world, admin["firm_id"], "member")
    goes(world, payer)

    told_of(world, event_type, admin["firm_id"], payer)

    assert ended(world, payer, KINDS) == [(State.CANCELLED, "recipient_left")]
    assert ended(world, admin, KINDS) == [(State.DELIVERED, "")]
    assert mails_of(world, member["email"]) == []


def test_another_who_looks_after_billing_gets_the_paper_and_gets_it_once(world):
    admin = a_member(world, role="admin")
    gone, payer = (a_member(world, admin["firm_id"], "billing_only") for _ in range(2))
    goes(world, gone)

    told_of(world, "receipt_issued.v1", admin["firm_id"], gone, payer)

    assert ended(world, gone, KINDS) == [(State.CANCELLED, "recipient_left")]
    assert ended(world, payer, KINDS) == [(State.DELIVERED, "")]
    assert mails_of(world, admin["email"]) == []


def test_who_is_asked_of_groups_and_is_in_charge_gets_the_paper_whatever_is_known_here(world):
    """News of a new role may be late here; then groups knows."""
    email = register(world)
    log_in(world, email)
    known = eventually(lambda: row_of(world, email))
    with world.transaction("notifications") as tx:
        mine = members.c.member_id == known.member_id
        tx.session.execute(members.update().where(mine).values(role="practitioner"))

    told_of(world, "receipt_issued.v1", known.firm_id, {"name": "Ada", "email": email})

    assert "Paid: 458.40 EUR" in text_of(world.mail(email, "receipt"))


def test_who_is_not_known_here_yet_gets_the_paper(world):
    newcomer = {"name": "Zoë", "email": an_address()}

    told_of(world, "statement_issued.v1", uuid4(), newcomer)

    assert "March 2027" in text_of(world.mail(newcomer["email"]))


def row_of(world, email):
    with world.transaction("notifications") as tx:
        chosen = members.select().where(members.c.email == email)
        return tx.session.execute(chosen).one_or_none()


def expired(member, **other):
    inviter = {"name": member["name"], "email": member["email"]}
    return samples.invitation_expired(firm_id=member["firm_id"], invited_by=inviter, **other)


@pytest.mark.parametrize("left", [True, False])
def test_that_an_invitation_expired_is_told_to_who_manages_members_now(world, left):
    """``left``: groups says so itself; else only the news of the removal does."""
    inviter = a_member(world, role="admin")
    heirs = [a_member(world, inviter["firm_id"], role) for role in ("admin", "billing_only")]
    member = a_member(world, inviter["firm_id"], "member")
    goes(world, inviter)

    news = expired(inviter, inviter_left=left)
    handled(world, world.publish("groups", "invitation_expired.v1", news))

    for heir in heirs:
        mail = text_of(world.mail(heir["email"], "bo@example.org"))
        assert "The invitation of Bo Berg" in mail
        assert "You manage the members" in mail
        assert "Your invitation" not in mail
    eventually(lambda: delivered(world, inviter) == ["removed"])
    assert mails_of(world, member["email"]) == []


def delivered(world, member):
    """The kinds of mail that have been recorded as delivered: a little after they have left."""
    return [one.kind for one in mails_of(world, member["email"]) if one.state == "delivered"]


def test_an_inviter_who_manages_members_no_more_is_not_told_either(world):
    inviter = a_member(world, role="admin")
    heir = a_member(world, inviter["firm_id"], "admin")
    becomes(world, inviter, role="practitioner")

    handled(world, world.publish("groups", "invitation_expired.v1", expired(inviter)))

    assert "The invitation of Bo Berg" in text_of(world.mail(heir["email"]))
    reasons = ended(world, inviter, ("invitation_expired",))
    assert reasons == [(State.CANCELLED, "recipient_left")]


def test_who_was_removed_is_told_of_no_clients_any_more(world):
    admin = a_member(world, role="admin")
    bo, eve = (a_member(world, admin["firm_id"]) for _ in range(2))
    handed = samples.handed_over(firm_id=admin["firm_id"], by_account_id=admin["account_id"])
    goes(world, bo)

    with world.transaction("notifications") as tx:  # as owed before the removal was heard
        for receiver in (bo, eve):
            queue_mail(tx, firm_letters.reassignment(handed, samples.receiver(), receiver))

    assert ended(world, bo, ("reassignment",)) == [(State.CANCELLED, "recipient_left")]
    assert ended(world, eve, ("reassignment",)) == [(State.DELIVERED, "")]
    assert mails_of(world, admin["email"]) == []


def test_a_welcome_tells_the_role_that_its_member_has_when_it_leaves(world):
    member = samples.joined(role="admin", status="active", version=1, email=an_address())
    changed = {**member, "role": "practitioner", "version": 2}
    handled(world, world.publish("groups", "member_changed.v1", changed))

    handled(world, world.publish("groups", "member_joined.v1", member))

    mail = text_of(world.mail(member["email"], "now a member"))
    assert "manage" not in mail
