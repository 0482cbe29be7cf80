import json

import pytest

from notifications.letters import firm_letters, paper_letters
from notifications.mails.letter import Kind
from services.notifications.tests.builders import samples
from services.notifications.tests.builders.each_kind import a_letter


@pytest.mark.parametrize("kind", list(Kind))
def test_the_facts_of_every_letter_are_plain_json_without_a_token(kind):
    facts = json.dumps(a_letter(kind).facts)

    assert "token" not in facts


def test_an_invitation_is_addressed_to_the_invitee_and_names_the_inviter():
    event = samples.invited()

    letter = firm_letters.invitation(event)

    assert (letter.recipient, letter.about_id) == ("zoe@example.org", event["invitation_id"])
    assert letter.facts["inviter_email"] == "ada@rossi.example"
    assert letter.facts["message"] == event["message"]


@pytest.mark.proves("S1-32")
def test_an_invitation_without_a_message_is_as_good():
    assert firm_letters.invitation(samples.invited(message=None)).facts["message"] == ""


def test_an_invitation_sent_again_is_another_letter():
    event = samples.invited()

    again = firm_letters.invitation({**event, "version": 2})

    assert again.generation != firm_letters.invitation(event).generation


def test_a_member_who_was_invited_is_welcomed():
    letter = firm_letters.welcome(samples.joined())

    assert letter is not None
    assert (letter.recipient, letter.facts["firm_name"]) == ("zoe@example.org", "Müller & Partner")


def test_a_founder_is_not_welcomed_to_their_own_firm():
    assert firm_letters.welcome(samples.joined(invitation_id=None)) is None


def test_a_receipt_goes_to_everybody_whom_billing_names():
    recipients = [letter.recipient for letter in paper_letters.receipt(samples.receipt())]

    assert recipients == ["zoe@example.org", "bo@example.org"]


def test_a_declined_payment_is_told_with_its_reason():
    (letter,) = paper_letters.payment_declined(samples.declined())

    assert letter.facts["reason"] == "the card has expired"
