"""Mails that are due at the same time: one question for their links, one record of what came."""

from contextlib import contextmanager

import sqlalchemy as sa

from notifications.letters import firm_letters
from notifications.mails import storage as queue
from notifications.mails.mail import Mail, State
from notifications.mails.tables import mails
from services.notifications.tests.builders import samples
from services.notifications.tests.builders.asking import (
    an_address,
    log_in,
    register,
    said,
    settled,
)

MANY = 12  # fewer than leave side by side


@contextmanager
def counted(world, service, start):
    """How many statements that begin so the service sends meanwhile, in a list."""
    engine, sent = world.database(service).provider.store.engine, []

    def note(_connection, _cursor, statement, *_):
        if statement.startswith(start):
            sent.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def invited(world, *emails):
    """Invitations to these, and their mails settled."""
    people = [{"email": email, "name": "Zoë", "role": "billing_only"} for email in emails]
    world.call("groups.invite_members", as_=log_in(world, register(world)), people=people)
    for email in emails:
        settled(world, email)


def due_at_once(world, emails, *more):
    """Their mails are due as if for the first time, and these letters, in the same moment."""
    with world.transaction("notifications") as tx:
        again = {"state": State.CREATED, "attempts": 0, "due_at": tx.now}
        tx.session.execute(mails.update().where(mails.c.recipient.in_(emails)).values(**again))
        for letter in more:
            queue.add_mail(tx.session, Mail.owed(tx.new_id(), letter, tx.now))
        tx.wake("deliver_mail")


def test_many_cost_one_call_and_their_outcomes_are_recorded_together(world):
    emails = [an_address() for _ in range(MANY)]
    invited(world, *emails)

    with (
        counted(world, "groups", "INSERT INTO invitation_links") as asked,
        counted(world, "notifications", "INSERT INTO outbox") as recorded,
    ):
        due_at_once(world, emails)
        settled_mails = [settled(world, email)[0] for email in emails]

    assert len(asked) == 1
    assert 1 <= len(recorded) < MANY / 2
    for mail in settled_mails:
        assert len(said(world, "email_delivered.v1", mail.id)) == 2


def test_one_whose_link_is_not_to_be_had_stops_no_other(world):
    emails, nobody = [an_address() for _ in range(3)], an_address()
    invited(world, *emails)

    due_at_once(world, emails, firm_letters.invitation(samples.invited(email=nobody)))

    (dropped,) = settled(world, nobody, State.CANCELLED)
    assert (dropped.reason, dropped.attempts) == ("invitation_not_found", 1)
    for email in emails:
        (mail,) = settled(world, email)
        assert len(said(world, "email_delivered.v1", mail.id)) == 2
