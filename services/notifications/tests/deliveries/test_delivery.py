"""The job that delivers, with a real mail server: what is refused, what is late, what is away."""

import socket
from datetime import timedelta

import eventlet
import pytest

from chassis import clock
from chassis.testing.world import eventually, running
from notifications.deliveries.before import Delivery
from notifications.deliveries.transport import MailSender
from notifications.letters import account_letters
from notifications.mails import storage as queue
from notifications.mails.mail import PAUSES, Mail, State
from services.notifications.tests.builders import samples
from services.notifications.tests.builders.asking import an_address, mails_of, said, settled
from services.notifications.tests.builders.post_office import post_office


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with post_office(tmp_path_factory.mktemp("mail")) as server:
        yield server


def sending_to(port):
    """Notifications alone, sending by SMTP; nobody is there to ask for links."""
    settings = {
        "MAIL_TRANSPORT": "smtp",
        "MAIL_FROM": "Chambers <no-reply@chambers.example>",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(port),
        "SMTP_SECURITY": "none",
    }
    named = {f"CHAMBERS_NOTIFICATIONS_{key}": value for key, value in settings.items()}
    return running("embedded", ["notifications"], **named)


@pytest.fixture(scope="module")
def sending_world(office):
    with sending_to(office.port) as world:
        yield world


@pytest.fixture(autouse=True)
def own_time():
    """Let no test's leap in time reach another."""
    yield
    clock.reset()


def tell(world, recipient):
    event = samples.account(email=recipient)
    world.publish("identity", "registration_repeated.v1", event)


def later(world, step):
    """Let time pass, and the job look."""
    world.clock.advance(step + timedelta(seconds=1))
    with world.transaction("notifications") as tx:
        tx.wake("deliver_mail")


def arrived(office, recipient):
    return [content for recipients, content in office.mails if recipients == [recipient]]


def test_a_mail_is_sent(sending_world, office):
    recipient = an_address()

    tell(sending_world, recipient)

    (mail,) = settled(sending_world, recipient)
    (content,) = arrived(office, recipient)
    assert f"Message-ID: <{mail.id}@chambers.example>" in content


def test_a_mail_refused_for_now_is_tried_again_and_arrives(sending_world, office):
    recipient = f"once-450-{an_address()}"
    tell(sending_world, recipient)
    (waiting,) = settled(sending_world, recipient, State.TEMPORARY_FAILURE)
    assert waiting.detail == "450 4.2.1 not this one"

    later(sending_world, PAUSES[0])

    (mail,) = settled(sending_world, recipient)
    assert (mail.attempts, mail.reason) == (2, "")
    assert len(arrived(office, recipient)) == 1
    assert said(sending_world, "email_failed.v1", mail.id) == []


def test_a_mail_is_not_tried_again_before_its_time(sending_world):
    recipient = f"once-450-{an_address()}"
    tell(sending_world, recipient)
    settled(sending_world, recipient, State.TEMPORARY_FAILURE)

    with sending_world.transaction("notifications") as tx:
        tx.wake("deliver_mail")
    tell(sending_world, other := an_address())
    settled(sending_world, other)

    assert [mail.attempts for mail in mails_of(sending_world, recipient)] == [1]


def test_a_mailbox_that_does_not_exist_is_announced_at_once(sending_world):
    recipient = f"rcpt-550-{an_address()}"

    tell(sending_world, recipient)

    (mail,) = settled(sending_world, recipient, State.PERMANENT_FAILURE)
    assert (mail.attempts, mail.due_at) == (1, None)
    assert len(said(sending_world, "email_failed.v1", mail.id)) == 1


def test_a_mail_that_is_never_taken_is_given_up_after_the_last_pause(sending_world):
    recipient = f"rcpt-450-{an_address()}"
    tell(sending_world, recipient)

    for attempt, pause in enumerate(PAUSES, start=1):
        eventually(lambda number=attempt: waits_after(sending_world, recipient, number))
        later(sending_world, pause)

    eventually(lambda: said(sending_world, "email_failed.v1", mail_id(sending_world, recipient)))
    (mail,) = mails_of(sending_world, recipient)
    assert (mail.state, mail.due_at) == (State.TEMPORARY_FAILURE, None)
    assert mail.attempts == len(PAUSES) + 1


def waits_after(world, recipient, attempts):
    found = [(mail.attempts, mail.state) for mail in mails_of(world, recipient)]
    return found == [(attempts, State.TEMPORARY_FAILURE)]


def mail_id(world, recipient):
    (mail,) = mails_of(world, recipient)
    return mail.id


def test_a_link_nobody_can_make_now_is_asked_for_again(sending_world):
    recipient = an_address()
    sending_world.publish("identity", "account_registered.v1", samples.account(email=recipient))

    (mail,) = settled(sending_world, recipient, State.TECHNICAL_FAILURE)

    assert mail.reason == "unknown_service"
    assert mail.due_at is not None


def test_mails_wait_for_a_server_that_is_away(tmp_path):
    recipients = [an_address() for _ in range(5)]
    with socket.socket() as away:
        away.bind(("127.0.0.1", 0))
        port = away.getsockname()[1]
    with sending_to(port) as world:
        for recipient in recipients:
            tell(world, recipient)
        for recipient in recipients:
            (mail,) = settled(world, recipient, State.TECHNICAL_FAILURE)
            assert mail.reason == "connection_failed"

        with post_office(tmp_path, port=port) as office:
            later(world, PAUSES[0])
            for recipient in recipients:
                settled(world, recipient)
                assert len(arrived(office, recipient)) == 1


def test_several_runs_at_once_send_each_mail_once(world):
    """As several processes would; each mail is claimed by one of them."""
    recipients = [an_address() for _ in range(60)]
    with world.transaction("notifications") as tx:
        for recipient in recipients:
            letter = account_letters.already_registered(samples.account(email=recipient), "1")
            queue.add_mail(tx.session, Mail.owed(tx.new_id(), letter, tx.now))

    runs = eventlet.GreenPool()
    for _ in range(3):
        runs.spawn(Delivery(mailroom_of(world), {}).run, world.database("notifications"))
    runs.waitall()

    for recipient in recipients:
        (mail,) = settled(world, recipient)
        assert mail.attempts == 1


def mailroom_of(world):
    return world.dependencies("notifications", MailSender)[-1]
