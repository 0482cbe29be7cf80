"""What people wrote never becomes a link, in no part of no mail."""

import re
from dataclasses import replace
from email import message_from_bytes, policy
from html import unescape

import pytest

from notifications.contents.links import SOURCES
from notifications.contents.rendering import render
from notifications.contents.text import shown, unlinked
from notifications.contents.wire_form import Sender, compose
from notifications.letters import account_letters, firm_letters
from notifications.mails.letter import Kind
from services.notifications.tests.builders import samples
from services.notifications.tests.builders.each_kind import a_letter, a_mail
from services.notifications.tests.builders.linkers import TRIES, linked
from services.notifications.tests.builders.samples import LINK, NOW

# The last two are their readers' own entries.
OURS = (LINK.command, LINK.url, "bo@example.org", "zoe@new.example")


@pytest.mark.parametrize("tried", TRIES)
def test_each_try_would_have_been_a_link(tried):
    assert linked(tried)


@pytest.mark.proves("F112")
@pytest.mark.parametrize("tried", TRIES)
def test_nothing_that_people_write_is_linked_and_all_of_it_can_be_read(tried):
    written = shown(f"Claim your prize at {tried} NOW")

    assert linked(written) == []
    assert "prize" in written
    assert unlinked(written) == written


@pytest.mark.parametrize(
    "name",
    [
        "Åsa Müller-Łuczak 👩‍⚖️ 李",
        "Weiß & Söhne e.V.",
        "O'Neil, J. R. (Kanzlei): 10.30-12.00",
        "Room 3.5, 9.90 EUR, v1.2",
        "see you at 10:30 ... or so.",
    ],
)
def test_what_is_no_address_stays_as_it_is(name):
    assert unlinked(name) == name


def words_of(fact, tried):
    """A fact with ``tried`` in each text of people's own that it holds."""
    if isinstance(fact, list):
        return [words_of(one, tried) for one in fact]
    if isinstance(fact, dict):
        return {name: words_of(one, tried) if isinstance(one, str) else one
                for name, one in fact.items()}  # fmt: skip
    return f"{fact} {tried}"


# What no person wrote; every other text of a letter may be somebody's words.
NOBODYS = frozenset(
    [
        *("role", "old_role", "new_role", "number", "currency", "month", "stage", "order_id"),
        *("sign_up_id", "inviter_email", "invitee_email", "issued_at", "changed_at"),
        *("paid_through", "grace_until", "requested_at", "closed_at", "new_email"),
    ]
)


def _may_be_words(name, fact):
    return name not in NOBODYS and isinstance(fact, str | list)


@pytest.mark.proves("F112")
@pytest.mark.parametrize("kind", list(Kind))
def test_no_template_lets_a_link_of_people_through(kind):
    letter = a_letter(kind)
    link = LINK if kind in SOURCES else replace(LINK, expires_at=None)
    for tried in TRIES:
        facts = {
            name: words_of(fact, tried) if _may_be_words(name, fact) else fact
            for name, fact in letter.facts.items()
        }
        mail = a_mail(replace(letter, facts=facts, recipient_name=f"Zoë {tried}"))

        content = render(mail, link)
        page = unescape(re.sub(r"<[^>]+>", " ", content.html.partition("</head>")[2]))
        for part in (content.subject, content.text, page):
            for ours in OURS:
                part = part.replace(ours, "")
            assert linked(part) == [], tried


@pytest.mark.proves("F112")
@pytest.mark.parametrize("tried", TRIES)
def test_names_in_headers_are_no_links_either(tried):
    asker = {"name": f"Ada {tried}", "email": "ada@rossi.example", "email_verified": True}
    letter = firm_letters.invitation(samples.invited(invited_by=asker, name=f"Zoë {tried}"))
    mail = a_mail(letter)

    sent = compose(mail, render(mail, LINK), Sender("Chambers", "no@c.example"), NOW)

    headers = message_from_bytes(sent.content, policy=policy.default)
    for name in ("To", "Reply-To"):
        (person,) = headers[name].addresses
        assert linked(person.display_name) == []
    assert headers["To"].addresses[0].addr_spec == "zoe@example.org"
    assert headers["Reply-To"].addresses[0].addr_spec == "ada@rossi.example"


ASKING = {
    Kind.INVITATION: lambda by: firm_letters.invitation(samples.invited(invited_by=by)),
    Kind.INVITATION_EXPIRING: lambda by: firm_letters.invitation_expiring(
        samples.invitation_expiring(invited_by=by)
    ),
    Kind.CONNECTION_REQUEST: lambda by: firm_letters.connection_request(
        samples.connection_requested(requested_by=by)
    ),
}


@pytest.mark.parametrize("kind", list(ASKING))
@pytest.mark.parametrize(("verified", "answers"), [(True, True), (False, False), (None, False)])
def test_only_a_verified_asker_is_answered_to(kind, verified, answers):
    mail = a_mail(ASKING[kind]({**samples.ADA, "email_verified": verified}))
    content = render(mail, LINK)
    sent = compose(mail, content, Sender("Chambers", "no@c.example"), NOW)

    assert (b"Reply-To: Ada Rossi <ada@rossi.example>" in sent.content) is answers
    assert ("Reply to this mail" in content.text) is answers
    assert ("Reply to this mail" in content.html) is answers


@pytest.mark.parametrize("kind", [Kind.INVITATION, Kind.CONNECTION_REQUEST])
@pytest.mark.parametrize(("verified", "quoted"), [(True, True), (False, False), (None, True)])
def test_the_message_of_an_unverified_asker_reaches_nobody(kind, verified, quoted):
    mail = a_mail(ASKING[kind]({**samples.ADA, "email_verified": verified}))

    assert ("writes:" in render(mail, LINK).text) is quoted


@pytest.mark.parametrize(
    "letter",
    [
        lambda account: account_letters.already_registered(account, "1"),
        lambda account: account_letters.password_reset(
            {**account, "request_id": account["account_id"]}
        ),
    ],
)
@pytest.mark.parametrize("verified", [True, False])
def test_the_name_of_an_unverified_account_is_not_mailed_to_its_address(letter, verified):
    account = samples.account(name="Claim your prize", email_verified=verified)
    mail = a_mail(letter(account))
    content = render(mail, LINK)
    sent = compose(mail, content, Sender("Chambers", "no@c.example"), NOW)

    assert content.text.startswith("Hello Claim your prize," if verified else "Hello,")
    assert (b"To: Claim your prize <zoe@example.org>" in sent.content) is verified
    assert ("Claim your prize" in content.html) is verified


@pytest.mark.parametrize("verified", [True, False])
def test_only_a_verified_account_is_told_of_its_new_password(verified):
    account = samples.account(email_verified=verified, changed_at=NOW)

    assert (account_letters.password_changed(account, "1") is not None) is verified
