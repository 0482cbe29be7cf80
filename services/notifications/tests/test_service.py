"""Events in, mails out, on both stacks; events are said as their services say them."""

from uuid import uuid4

import pytest

from chassis import migrations
from chassis.testing.world import eventually, text_of
from notifications import tables
from notifications.mails.mail import State
from notifications.mails.tables import mails
from services.notifications.tests.builders import samples
from services.notifications.tests.builders.asking import (
    an_address,
    handled,
    mails_of,
    said,
    settled,
)


def test_the_migrated_schema_is_what_the_service_expects(world):
    url = world.configuration.service("notifications")["database_url"]

    assert migrations.check("notifications", url, tables.metadata) == []


@pytest.mark.parametrize(
    ("source", "event_type", "event", "told"),
    [
        ("identity", "registration_repeated.v1", samples.account(), "already"),
        ("identity", "password_changed.v1", samples.proven(changed_at=samples.NOW), "changed"),
        ("groups", "member_joined.v1", samples.joined(status="active", version=1), "Ada Rossi"),
    ],
)
def test_an_event_becomes_a_mail(world, source, event_type, event, told):
    recipient = an_address()

    world.publish(source, event_type, {**event, "email": recipient})

    assert told in text_of(world.mail(recipient))
    (mail,) = settled(world, recipient)
    assert mail.attempts == 1


@pytest.mark.parametrize(
    ("event_type", "event", "told"),
    [
        ("receipt_issued.v1", samples.receipt(), "458.40 EUR"),
        ("payment_declined.v1", samples.declined(), "the card has expired"),
    ],
)
def test_billing_mails_go_to_everybody_whom_the_event_names(world, event_type, event, told):
    people = [{"name": "Zoë", "email": an_address()}, {"name": "Bo", "email": an_address()}]

    world.publish("billing", event_type, {**event, "recipients": people})

    for person in people:
        assert told in text_of(world.mail(person["email"]))


def test_an_event_heard_twice_makes_one_mail(world):
    recipient, event_id = an_address(), uuid4()
    event = samples.account(email=recipient)
    for _ in range(3):
        world.publish("identity", "registration_repeated.v1", event, event_id=event_id)
    world.publish("identity", "registration_repeated.v1", samples.account(email=recipient))

    eventually(lambda: len(mails_of(world, recipient)) == 2)
    settled(world, recipient)
    assert len(world.mails(recipient)) == 2


def test_the_same_fact_said_under_another_id_makes_one_mail(world):
    recipient = an_address()
    welcome = samples.joined(email=recipient, status="active", version=1)

    first = world.publish("groups", "member_joined.v1", welcome)
    second = world.publish("groups", "member_joined.v1", welcome)

    handled(world, first, second)
    settled(world, recipient)
    assert len(world.mails(recipient)) == 1


def test_a_mail_that_was_sent_and_not_recorded_stays_one_file(world):
    """As after a process that died between the two."""
    recipient = an_address()
    world.publish("identity", "registration_repeated.v1", samples.account(email=recipient))
    (mail,) = settled(world, recipient)
    sent = world.mail(recipient).as_bytes()

    with world.transaction("notifications") as tx:
        forgotten = mails.update().where(mails.c.id == mail.id)
        tx.session.execute(forgotten.values(state=State.SENDING, due_at=tx.now))
        tx.wake("deliver_mail")

    (again,) = settled(world, recipient)
    assert again.attempts == 2
    assert [found.as_bytes() for found in world.mails(recipient)] == [sent]


def test_a_mail_to_an_impossible_address_fails_for_good_and_is_announced(world):
    recipient = f"zoë.{uuid4().hex}@example.org"

    world.publish("identity", "registration_repeated.v1", samples.account(email=recipient))

    (mail,) = settled(world, recipient, State.PERMANENT_FAILURE)
    assert (mail.reason, mail.due_at) == ("invalid_address", None)
    assert said(world, "email_failed.v1", mail.id)


def test_a_delivered_mail_is_announced_once(world):
    recipient = an_address()
    world.publish("identity", "registration_repeated.v1", samples.account(email=recipient))

    (mail,) = settled(world, recipient)

    assert len(said(world, "email_delivered.v1", mail.id)) == 1
