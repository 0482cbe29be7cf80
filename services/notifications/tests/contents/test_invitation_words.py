"""What an invitation says, and what the inviter's words cannot do."""

import pytest

from notifications.letters import firm_letters
from notifications.mails.letter import Kind
from services.notifications.tests.builders import samples
from services.notifications.tests.builders.pages_read import Page, rendered
from services.notifications.tests.builders.samples import LINK


def an_invitation(**facts):
    return rendered(Kind.INVITATION, firm_letters.invitation(samples.invited(**facts)))


@pytest.mark.proves("S1-31", "S1-32")
def test_the_inviters_message_reaches_the_invitee_as_written():
    content = an_invitation(message="Dear Zoë,\n\nwe have a desk for you.")

    assert "Dear Zoë,\n\nwe have a desk for you." in Page(content.html).words
    assert "> Dear Zoë,\n> \n> we have a desk for you.\n" in content.text


@pytest.mark.proves("S1-32")
def test_without_a_message_the_invitation_quotes_nobody():
    content = an_invitation(message=None)

    assert "writes:" not in content.text + content.html
    assert "\n> " not in content.text


def test_an_invitation_to_a_firm_named_like_its_owner_does_not_name_it_twice():
    content = an_invitation(firm_name="Ada Rossi")

    assert content.subject == "Ada Rossi invites you to join their firm"
    assert "would like you to join their firm on Chambers" in content.text
    assert "would like you to join their firm on Chambers" in Page(content.html).words


def test_a_message_cannot_bring_markup_or_links_of_its_own():
    wicked = '<a href="https://evil.example">Join</a> https://evil.example <img src=x>'
    page = Page(an_invitation(message=wicked).html)

    assert page.links() == [LINK.url, LINK.url]
    assert "img" not in {tag for tag, _ in page.tags}
    assert wicked.replace("https:", "https[:]").replace("evil.", "evil[.]") in page.words


def test_a_message_cannot_pass_itself_off_as_our_text():
    text = an_invitation(message="Hi\n--\nChambers\nhttps://evil.example").text

    assert "> --\n> Chambers\n> https[:]//evil[.]example\n" in text


@pytest.mark.parametrize(
    ("role", "told"),
    [
        ("admin", "who is in the firm"),
        ("billing_only", "you get the receipts"),
        ("practitioner", "associated with"),
        ("member", "your own and your colleagues'"),
    ],
)
def test_an_invitation_says_what_the_role_means(role, told):
    content = an_invitation(role=role)

    assert told in content.text
    assert told in Page(content.html).words


def test_names_with_line_breaks_stay_on_one_line():
    content = an_invitation(firm_name="Müller\r\nBcc: all@example.org", name="Zoë\n\nHello")

    assert content.subject == "Ada Rossi invites you to Müller Bcc: all[at]example[.]org"
    assert content.text.startswith("Hello Zoë Hello,\n")
