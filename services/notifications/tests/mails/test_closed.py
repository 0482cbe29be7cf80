"""What waits for a closed account, or in a closed firm's name, goes to nobody."""

from datetime import timedelta
from uuid import uuid4

import pytest

from chassis.testing.world import eventually
from notifications.letters import account_letters, firm_letters
from notifications.mails import storage as queue
from notifications.mails.mail import Mail, State
from services.notifications.tests.builders import samples
from services.notifications.tests.builders.asking import an_address, handled, mails_of

LATER = 3600  # seconds: nobody tries these before


def waiting(world, letter):
    """A mail that failed a moment ago and will be tried again in an hour."""
    mail = Mail.owed(uuid4(), letter, world.clock.now())
    mail.state, mail.due_at = State.TEMPORARY_FAILURE, mail.due_at + timedelta(seconds=LATER)
    with world.transaction("notifications") as tx:
        queue.add_mail(tx.session, mail)
    return mail


def reasons(world, recipient):
    return [(mail.state, mail.reason) for mail in mails_of(world, recipient)]


def closed(account_id):
    return {
        "account_id": account_id, "kind": "client", "email": "x@example.org", "name": "X",
        "phone": None, "email_verified": False, "version": 2, "reason": "superseded",
        "closed_at": samples.NOW,
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["verification", "already_registered", "password_changed"])
def test_mails_about_a_closed_account_are_withdrawn_and_those_of_its_successor_are_not(world, kind):
    gone, there = an_address(), an_address()
    make = getattr(account_letters, kind)
    for recipient in (gone, there):
        is_proven = kind == "password_changed"  # nobody else is told of it
        account = samples.account(email=recipient, changed_at=samples.NOW, email_verified=is_proven)
        letter = make(account, "e1")
        waiting(world, letter)
        if recipient == gone:
            account_id = account["account_id"]

    world.publish("identity", "account_closed.v1", closed(account_id))

    eventually(lambda: reasons(world, gone) == [(State.CANCELLED, "account_closed")])
    assert reasons(world, there) == [(State.TEMPORARY_FAILURE, "")]


def test_mails_in_a_closed_firms_name_are_withdrawn(world):
    gone, there = an_address(), an_address()
    invited = {recipient: samples.invited(email=recipient) for recipient in (gone, there)}
    for invitation in invited.values():
        waiting(world, firm_letters.invitation(invitation))
    firm_id = invited[gone]["firm_id"]

    world.publish("groups", "firm_closed.v1", {"firm_id": firm_id, "version": 2})

    eventually(lambda: reasons(world, gone) == [(State.CANCELLED, "firm_closed")])
    assert reasons(world, there) == [(State.TEMPORARY_FAILURE, "")]


def test_an_account_that_begins_proven_is_asked_to_confirm_nothing(world):
    recipient, event_id = an_address(), uuid4()
    proven = samples.proven(email=recipient)

    world.publish("identity", "account_registered.v1", proven, event_id=event_id)

    handled(world, event_id)
    assert mails_of(world, recipient) == []


def kinds_of(world, recipient):
    return sorted(mail.kind for mail in mails_of(world, recipient))


@pytest.mark.parametrize("taken", [False, True])
def test_a_wish_for_another_address_is_told_to_both_and_to_a_taken_one_not(world, taken):
    old, new = an_address(), an_address()
    asked = samples.moving(email=old, new_email=new, taken=taken)

    world.publish("identity", "email_change_requested.v1", asked)

    eventually(lambda: kinds_of(world, old) == ["email_change_asked"])
    assert kinds_of(world, new) == ([] if taken else ["email_change"])


@pytest.mark.parametrize("was_proven", [True, False])
def test_the_former_address_is_told_if_it_was_proven(world, was_proven):
    old, new = an_address(), an_address()
    moved = samples.moved(email=new, old_email=old, old_email_verified=was_proven)
    moved |= {"kind": "client", "phone": None}

    handled(world, world.publish("identity", "email_changed.v1", moved))

    assert kinds_of(world, old) == (["email_changed"] if was_proven else [])
    assert kinds_of(world, new) == []


@pytest.mark.parametrize(
    ("reason", "told"),
    [("by_owner", "account_closed"), ("kind_changed", "kind_changed"), ("superseded", None)],
)
def test_an_owner_is_told_of_the_end_and_a_stranger_is_not(world, reason, told):
    email = an_address()
    gone = closed(uuid4()) | {"email": email, "reason": reason, "email_verified": True}

    handled(world, world.publish("identity", "account_closed.v1", gone))

    assert kinds_of(world, email) == ([told] if told else [])
