"""Words that are chosen for the person who reads them."""

import pytest

from notifications.letters import firm_letters, paper_letters
from notifications.mails.letter import Kind
from services.notifications.tests.builders import samples
from services.notifications.tests.contents.test_rendering import Page, rendered


def test_a_request_to_connect_greets_who_is_asked_and_not_the_child():
    def asked(name):
        requested = samples.connection_requested(recipient_name=name, client_name="Lena Weiß")
        return rendered(Kind.CONNECTION_REQUEST, firm_letters.connection_request(requested))

    by_name, unnamed = asked("Frank Weiß"), asked(None)

    assert by_name.text.startswith("Hello Frank Weiß,\n")
    assert unnamed.text.startswith("Hello,\n")
    assert "Hello," in Page(unnamed.html).words
    for content in (by_name, unnamed):
        assert "The record is in the name of Lena Weiß." in content.text


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("card_declined", "the bank has declined the card"),
        ("insufficient_funds", "the account does not have enough money"),
        ("do_not_honour_57", "the payment was declined; the bank that issued the card knows why"),
        ("", "the payment was declined; the bank that issued the card knows why"),
        ("The card is blocked", "The card is blocked"),
    ],
)
def test_why_a_payment_was_declined_is_told_in_words(reason, told):
    content = rendered(
        Kind.PAYMENT_DECLINED, paper_letters.payment_declined(samples.declined(reason=reason))[0]
    )

    assert f"The reason we were given: {told}." in content.text
    assert f"The reason we were given: {told}." in Page(content.html).words
