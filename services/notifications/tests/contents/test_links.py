"""Mails whose link another service makes, with the real services on both stacks."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from chassis.errors import ChassisError
from chassis.testing.world import eventually, link_in, text_of
from notifications import tables
from notifications.letters import firm_letters
from notifications.mails import storage as queue
from notifications.mails.mail import Mail, State
from notifications.mails.tables import mails
from services.notifications.tests.builders import samples
from services.notifications.tests.builders.asking import (
    PASSWORD,
    an_address,
    invite,
    log_in,
    mails_of,
    register,
    said,
    settled,
    verify,
)


def test_a_new_account_gets_a_mail_whose_link_verifies_its_address(world):
    email = register(world)

    token = log_in(world, email)

    assert world.call("identity.who_am_i", as_=token)["email_verified"]


def test_a_second_registration_is_told_to_the_owner_alone(world):
    email = register(world)
    verify(world, email)

    register(world, email)

    assert world.mail(email, "already")["Subject"] == "You already have an account"


def test_each_sign_up_with_an_unproven_address_gets_the_mail_that_its_password_completes(world):
    email = register(world, name="Prankster Prize")
    theirs = link_in(world.mail(email, "confirm"), "/verify-email")
    world.call(
        "identity.register", email=email, password="my own four words", name="Ada Rossi",
        kind="client",
    )  # fmt: skip
    eventually(lambda: len(mails_of(world, email)) == 2)
    settled(world, email)

    with pytest.raises(ChassisError) as refused:
        world.call("identity.verify_email", token=theirs, password="my own four words")
    assert refused.value.code == "email_or_password_wrong"
    verify(world, email, "my own four words")

    login = world.call("identity.log_in", email=email, password="my own four words")
    assert (login["account"]["name"], login["account"]["kind"]) == ("Ada Rossi", "client")
    for mail in world.mails(email):
        assert "Prankster" not in mail["To"] + text_of(mail)


def test_the_verification_mail_can_be_asked_for_again(world):
    email = register(world)
    world.mail(email, "confirm")
    token = world.call("identity.log_in", email=email, password=PASSWORD)["access_token"]

    world.call("identity.resend_verification", as_=token)

    assert len({mail.generation for mail in settled_pair(world, email)}) == 2


def settled_pair(world, email):
    eventually(lambda: len(mails_of(world, email)) == 2)
    return settled(world, email)


def test_a_forgotten_password_is_replaced_by_the_mailed_link(world):
    email = register(world)
    log_in(world, email)

    world.call("identity.request_password_reset", email=email)
    token = link_in(world.mail(email, "new password"), "/reset-password")
    world.call("identity.reset_password", token=token, new_password="a green door, two locks")

    assert "signed out everywhere" in text_of(world.mail(email, "was changed"))


@pytest.mark.proves("S1-31", "S1-32", "S1-33")
def test_an_invitee_gets_the_inviters_words_and_a_link_to_join(world):
    inviter, invitee = register(world), an_address()

    invite(world, log_in(world, inviter), invitee, message="Dear Zoë,\njoin us!")

    mail = world.mail(invitee)
    assert "> Dear Zoë,\r\n> join us!\r\n" in text_of(mail)
    assert mail["Reply-To"].addresses[0].addr_spec == inviter
    offer = world.call("groups.open_invitation", token=link_in(mail, "/invitations"))
    assert offer["email"] == invitee


@pytest.mark.proves("S1-32", "S1-33")
def test_an_invitation_without_a_message_arrives_too(world):
    invitee = an_address()

    invite(world, log_in(world, register(world)), invitee)

    mail = world.mail(invitee)
    assert "writes:" not in text_of(mail)
    assert world.call("groups.open_invitation", token=link_in(mail, "/invitations"))


def test_who_accepts_is_welcomed_by_mail(world):
    invitee = an_address()
    invite(world, log_in(world, register(world)), invitee)
    invitation = link_in(world.mail(invitee), "/invitations")
    token = log_in(world, register(world, invitee, "Zoë Ångström"))

    world.call("groups.accept_invitation", as_=token, token=invitation)

    mail = world.mail(invitee, "You are now a member")
    assert "Ada Rossi, who invited you" in text_of(mail)


def test_a_mail_about_an_invitation_that_is_gone_is_cancelled_in_silence(world):
    recipient = an_address()

    world.publish("groups", "member_invited.v1", samples.invited(email=recipient))

    (mail,) = settled(world, recipient, State.CANCELLED)
    assert mail.due_at is None
    assert world.mails(recipient) == []
    assert said(world, "email_failed.v1", mail.id) == []


def test_tokens_are_in_the_mail_and_nowhere_else(world):
    invitee = an_address()
    invite(world, log_in(world, register(world)), invitee)
    token = link_in(world.mail(invitee), "/invitations")
    settled(world, invitee)

    with world.transaction("notifications") as tx:
        for table in tables.metadata.sorted_tables:
            rows = [tuple(row) for row in tx.session.execute(table.select())]
            assert token not in json.dumps(rows, default=repr)


def waiting_invitation(world, event):
    """A mail that waits for its next attempt, as after a refusal for now."""
    with world.transaction("notifications") as tx:
        mail = Mail.owed(tx.new_id(), firm_letters.invitation(event), tx.now)
        mail.due_at = tx.now + timedelta(hours=1)
        queue.add_mail(tx.session, mail)


@pytest.mark.parametrize("ending", ["invitation_cancelled", "invitation_expired"])
def test_a_mail_that_still_waits_is_dropped_with_its_invitation(world, ending):
    recipient = an_address()
    event = samples.invited(email=recipient)
    waiting_invitation(world, event)

    world.publish("groups", f"{ending}.v1", event)

    (mail,) = settled(world, recipient, State.CANCELLED)
    assert mail.reason == ending


def test_a_mail_that_still_waits_gives_way_when_the_invitation_is_sent_again(world):
    inviter, invitee = log_in(world, register(world)), an_address()
    invitation = invite(world, inviter, invitee)
    settled(world, invitee)
    make_wait(world, invitee)

    world.call("groups.resend_invitation", as_=inviter, invitation_id=invitation["invitation_id"])

    def states():
        return sorted(mail.state for mail in mails_of(world, invitee))

    eventually(lambda: states() == [State.CANCELLED, State.DELIVERED])


def make_wait(world, recipient):
    with world.transaction("notifications") as tx:
        mine = mails.update().where(mails.c.recipient == recipient)
        later = tx.now + timedelta(hours=1)
        tx.session.execute(mine.values(state=State.TEMPORARY_FAILURE, due_at=later))


def test_nobody_else_may_ask_for_a_link(world):
    token = log_in(world, register(world))

    with pytest.raises(ChassisError) as refused:
        world.call("groups.issue_invitation_link", as_=token, invitation_id=uuid4())

    assert refused.value.kind == "forbidden"
