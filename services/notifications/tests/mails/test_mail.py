from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from notifications.mails.events import EmailDelivered, EmailFailed
from notifications.mails.letter import Kind, Letter
from notifications.mails.mail import LEASE, PAUSES, Mail, Outcome, State

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
TAKEN = Outcome(State.DELIVERED)
BUSY = Outcome(State.TEMPORARY_FAILURE, "recipient_refused", "450 greylisted")
UNKNOWN = Outcome(State.PERMANENT_FAILURE, "recipient_refused", "550 no such mailbox")
DOWN = Outcome(State.TECHNICAL_FAILURE, "connection_failed", "refused")


def a_mail(kind=Kind.INVITATION, generation="1"):
    letter = Letter(kind, uuid4(), generation, "zoe@example.org", "Zoë", uuid4())
    return Mail.owed(uuid4(), letter, NOW)


def a_claimed_mail():
    mail = a_mail()
    mail.claim(NOW)
    return mail


def test_a_new_mail_is_due_at_once():
    mail = a_mail()

    assert (mail.state, mail.due_at, mail.attempts) == (State.CREATED, NOW, 0)


def test_a_claim_leases_the_mail_and_counts_the_attempt():
    mail = a_claimed_mail()

    assert (mail.state, mail.due_at, mail.attempts) == (State.SENDING, NOW + LEASE, 1)


def test_a_mail_that_was_taken_is_delivered_and_said_once():
    mail = a_claimed_mail()

    said = mail.record(TAKEN, 1, NOW)

    assert isinstance(said, EmailDelivered)
    assert (said.about_id, said.generation, said.attempts) == (mail.about_id, "1", 1)
    assert (mail.state, mail.due_at) == (State.DELIVERED, None)
    assert mail.record(TAKEN, 1, NOW) is None


@pytest.mark.parametrize("outcome", [BUSY, DOWN])
def test_a_failure_that_may_pass_waits_a_while_and_is_not_announced(outcome):
    mail = a_claimed_mail()

    said = mail.record(outcome, 1, NOW)

    assert said is None
    assert (mail.state, mail.due_at) == (outcome.state, NOW + PAUSES[0])


def test_the_pauses_grow():
    assert list(PAUSES) == sorted(set(PAUSES))


def test_a_refusal_for_good_is_announced_with_its_reason():
    mail = a_claimed_mail()

    said = mail.record(UNKNOWN, 1, NOW)

    assert isinstance(said, EmailFailed)
    assert (said.state, said.reason) == ("permanent_failure", "recipient_refused")
    assert said.detail == "550 no such mailbox"
    assert mail.due_at is None


def test_the_last_attempt_is_followed_by_no_other():
    mail = a_mail()
    for attempt in range(1, len(PAUSES) + 1):
        mail.claim(NOW)
        assert mail.record(BUSY, attempt, NOW) is None

    mail.claim(NOW)
    said = mail.record(BUSY, len(PAUSES) + 1, NOW)

    assert isinstance(said, EmailFailed)
    assert (mail.state, mail.due_at) == (State.TEMPORARY_FAILURE, None)


def test_a_failure_reported_after_the_lease_went_to_another_is_dropped():
    mail = a_claimed_mail()
    mail.claim(NOW + LEASE)

    assert mail.record(UNKNOWN, 1, NOW + LEASE) is None
    assert (mail.state, mail.attempts) == (State.SENDING, 2)


def test_a_delivery_reported_after_the_lease_went_to_another_counts():
    mail = a_claimed_mail()
    mail.claim(NOW + LEASE)

    assert isinstance(mail.record(TAKEN, 1, NOW + LEASE), EmailDelivered)
    assert mail.record(UNKNOWN, 2, NOW + LEASE) is None
    assert mail.state is State.DELIVERED


def test_a_mail_whose_link_is_refused_is_cancelled_in_silence():
    mail = a_claimed_mail()

    said = mail.record(Outcome(State.CANCELLED, "invitation_cancelled"), 1, NOW)

    assert said is None
    assert (mail.state, mail.reason, mail.due_at) == (State.CANCELLED, "invitation_cancelled", None)


def test_a_waiting_mail_can_be_withdrawn():
    mail = a_mail()

    mail.withdraw("invitation_cancelled", NOW)

    assert (mail.state, mail.due_at) == (State.CANCELLED, None)


def test_a_mail_that_failed_for_now_can_be_withdrawn():
    mail = a_claimed_mail()
    mail.record(BUSY, 1, NOW)

    mail.withdraw("invitation_cancelled", NOW)

    assert mail.state is State.CANCELLED


def test_a_mail_under_way_is_left_to_its_attempt():
    mail = a_claimed_mail()

    mail.withdraw("invitation_cancelled", NOW)

    assert mail.state is State.SENDING


def test_a_settled_mail_stays_as_it_is():
    mail = a_claimed_mail()
    mail.record(TAKEN, 1, NOW)

    mail.withdraw("invitation_cancelled", NOW)

    assert mail.state is State.DELIVERED


def test_a_mail_whose_sender_died_is_dropped_once_its_lease_is_over():
    mail = a_claimed_mail()

    mail.withdraw("paid", mail.due_at - timedelta(seconds=1))
    assert mail.state is State.SENDING

    mail.withdraw("paid", mail.due_at)
    assert (mail.state, mail.reason, mail.due_at) == (State.CANCELLED, "paid", None)


def test_a_mail_that_was_taken_after_all_is_delivered_whatever_overtook_it():
    mail = a_claimed_mail()
    mail.withdraw("paid", mail.due_at)

    mail.record(TAKEN, 1, NOW)

    assert mail.state is State.DELIVERED


def test_a_long_answer_is_kept_in_part():
    mail = a_claimed_mail()

    mail.record(Outcome(State.PERMANENT_FAILURE, "mail_refused", "5" * 400), 1, NOW)

    assert len(mail.detail) == 300


def test_a_mail_gets_about_a_day_before_it_is_given_up():
    assert timedelta(hours=20) < sum(PAUSES, timedelta()) < timedelta(hours=48)


@pytest.mark.proves("T17")
def test_an_invitation_that_bounces_says_which_sending_of_which_invitation_it_was():
    mail = a_mail(Kind.INVITATION, generation="3")
    mail.claim(NOW)

    said = mail.record(UNKNOWN, 1, NOW)

    assert isinstance(said, EmailFailed)
    assert (said.kind, said.about_id, said.generation) == ("invitation", mail.about_id, "3")
    assert (said.reason, said.detail) == ("recipient_refused", "550 no such mailbox")
