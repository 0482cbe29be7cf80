"""News that make a mail untrue, heard after it was owed and before, on both stacks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chassis.ids import uuid7
from chassis.testing.world import eventually, text_of
from notifications.letters import account_letters, firm_letters
from notifications.mails import storage as queue
from notifications.mails.letter import Kind
from notifications.mails.mail import State
from notifications.mails.overtaking import ENDS
from services.notifications.tests.builders import samples
from services.notifications.tests.builders.asking import an_address, handled, mails_of
from services.notifications.tests.builders.changing import a_member
from services.notifications.tests.builders.each_kind import a_mail
from services.notifications.tests.builders.overtaken import LAPSING, ROWS, only, to
from services.notifications.tests.builders.samples import NOW


def wait_in_vain(world, letter):
    """The mail as it stands after an attempt that failed for now: due again in an hour."""
    with world.transaction("notifications") as tx:
        waiting = replace(a_mail(letter), state=State.TECHNICAL_FAILURE)
        waiting.due_at = tx.now + timedelta(hours=1)
        queue.add_mail(tx.session, waiting)


@pytest.mark.proves("F117")
@pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))
def test_news_end_the_mail_that_waits(world, row):
    (_, _, event), letter_of, news_of, reason = row
    recipient = an_address()
    event = to(recipient, event)
    wait_in_vain(world, letter_of(event))

    handled(world, world.publish(*news_of(event)))

    (mail,) = [mail for mail in mails_of(world, recipient) if mail.attempts == 0 and mail.reason]
    assert (mail.state, mail.reason, mail.due_at) == (State.CANCELLED, reason, None)


@pytest.mark.proves("F117")
@pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))
def test_news_that_are_heard_first_end_the_mail_that_is_owed_after_them(world, row):
    (source, event_type, event), _, news_of, reason = row
    recipient = an_address()
    event = to(recipient, event)

    handled(world, world.publish(*news_of(event)))
    handled(world, world.publish(source, event_type, event))

    mail = eventually(lambda: [one for one in mails_of(world, recipient) if one.reason == reason])
    assert (mail[0].state, mail[0].attempts) == (State.CANCELLED, 0)


@pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))
def test_without_the_news_the_same_mail_is_sent(world, row):
    """The other side: nothing else drops it. Of links nobody knows here, so these are refused."""
    (source, event_type, event), letter_of, _, _ = row
    recipient = an_address()
    event = to(recipient, event)

    handled(world, world.publish(source, event_type, event))

    eventually(lambda: [one for one in mails_of(world, recipient) if one.attempts])
    linked = letter_of(event).kind in (
        Kind.INVITATION,
        Kind.INVITATION_EXPIRING,
        Kind.CONNECTION_REQUEST,
    )
    settled = State.CANCELLED if linked else State.DELIVERED
    assert eventually(lambda: mails_of(world, recipient)[0].state == settled)


def test_every_news_that_end_a_mail_are_tried_here_or_below():
    elsewhere = {"email_verified", "licenses_ended", "warned_again", "handover_undone"}
    elsewhere |= {"account_closed"}  # test_closed.py

    assert {str(cause) for cause in ENDS} == {row[3] for row in ROWS.values()} | elsewhere


def test_a_verified_address_is_not_asked_to_be_confirmed(world):
    account, other = samples.account(email=an_address()), samples.account(email=an_address())
    for one in (account, other):
        wait_in_vain(world, account_letters.verification(one, "e1"))

    handled(world, world.publish("identity", "email_verified.v1", account))

    assert [mail.reason for mail in mails_of(world, account["email"])] == ["email_verified"]
    assert [mail.reason for mail in mails_of(world, other["email"])] == [""]


@pytest.mark.parametrize(
    ("event_type", "changed", "reason"),
    [
        ("licenses_lapsed.v1", {"quantity": 3}, "licenses_ended"),
        ("licenses_expiring.v1", {"days_left": 7}, "warned_again"),
    ],
)
def test_a_warning_ends_with_its_day_and_with_the_next_one(world, event_type, changed, reason):
    manager = samples.manager(email=an_address(), firm_id=LAPSING["firm_id"])
    wait_in_vain(world, only(firm_letters.license_warning(LAPSING, [manager])))
    other_day = {**LAPSING, **changed, "paid_through": NOW.date()}

    handled(world, world.publish("groups", event_type, other_day))
    assert [mail.reason for mail in mails_of(world, manager["email"])] == [""]

    handled(world, world.publish("groups", event_type, {**LAPSING, **changed}))
    assert [mail.reason for mail in mails_of(world, manager["email"])] == [reason]


def test_who_was_given_clients_is_not_told_so_once_that_is_undone(world):
    admin = a_member(world, role="admin")
    bo = a_member(world, admin["firm_id"])
    given = samples.handed_over(
        firm_id=admin["firm_id"],
        by_account_id=admin["account_id"],
        receivers=[samples.receiver(member_id=bo["member_id"])],
    )
    undone = {**given, "handover_id": uuid7(), "receivers": [], "undoes": given["handover_id"]}

    handled(world, world.publish("clients", "clients_handed_over.v1", undone))
    handled(world, world.publish("clients", "clients_handed_over.v1", given))

    (mail,) = eventually(lambda: [one for one in mails_of(world, bo["email"]) if one.reason])
    assert (mail.state, mail.reason) == (State.CANCELLED, "handover_undone")


def test_a_warning_counts_the_days_that_are_left_when_it_leaves(world):
    firm = a_member(world, role="admin")
    ends = (world.clock.now() + timedelta(days=3)).date()
    told = samples.licenses_expiring(firm_id=firm["firm_id"], paid_through=ends)

    world.publish("groups", "licenses_expiring.v1", told)

    assert "3 days from now" in text_of(world.mail(firm["email"]))


def test_a_warning_of_a_day_that_is_over_is_not_sent(world):
    firm = a_member(world, role="admin")
    today = world.clock.now().date()
    told = samples.licenses_expiring(firm_id=firm["firm_id"])

    for ends in (today, today - timedelta(days=1)):
        news = {**told, "paid_through": ends, "days_left": 1}
        handled(world, world.publish("groups", "licenses_expiring.v1", news))

    states = eventually(
        lambda: (
            {
                (mail.state, mail.reason)
                for mail in mails_of(world, firm["email"])
                if mail.due_at is None
            }
            if all(mail.due_at is None for mail in mails_of(world, firm["email"]))
            else None
        )
    )
    assert states == {(State.DELIVERED, ""), (State.CANCELLED, "licenses_ended")}
