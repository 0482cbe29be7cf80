import re
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from jinja2 import UndefinedError

import notifications
from notifications.contents.links import SOURCES
from notifications.contents.rendering import GAINED, brought_up_to_date, render
from notifications.contents.wire_form import Sender, compose
from notifications.letters import account_letters, firm_letters
from notifications.mails.letter import Kind
from services.notifications.tests.builders import samples
from services.notifications.tests.builders.each_kind import a_letter, a_mail
from services.notifications.tests.builders.facts import FACTS
from services.notifications.tests.builders.pages_read import UNNAMED, Page, link_of, rendered
from services.notifications.tests.builders.samples import LINK


@pytest.mark.parametrize("kind", list(Kind))
def test_every_mail_tells_all_its_facts_in_both_forms(kind):
    content = rendered(kind)
    page = Page(content.html)

    named = [] if kind in UNNAMED else ["Zoë Ångström"]
    for fact in [*named, *FACTS[kind]]:
        assert fact in content.text
        assert fact in page.words


@pytest.mark.parametrize("kind", list(Kind))
def test_every_mail_has_a_subject_on_one_line(kind):
    subject = rendered(kind).subject

    assert 10 < len(subject) < 80
    assert "\n" not in subject


@pytest.mark.parametrize("kind", list(Kind))
def test_every_mail_has_one_target_as_a_button_and_as_a_bare_address(kind):
    content = rendered(kind)
    page = Page(content.html)

    assert page.links() == [LINK.url, LINK.url]
    assert LINK.url in page.words
    assert re.search(rf"^{re.escape(LINK.url)}$", content.text, re.MULTILINE)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_mail_says_the_command_that_does_the_same(kind):
    content = rendered(kind)

    assert content.text.count(f"\n{LINK.command}\n") == 1
    assert Page(content.html).words.count(LINK.command) == 1


@pytest.mark.parametrize("kind", list(Kind))
def test_every_page_is_built_for_mail_clients(kind):
    """Styles stand in the tags, and nothing is fetched from anywhere: no image, script or font."""
    page = Page(rendered(kind).html)
    tags = {tag for tag, _ in page.tags}

    assert tags.isdisjoint({"img", "script", "link", "iframe", "form", "input"})
    assert all("style" in attributes for tag, attributes in page.tags if tag in ("p", "a", "td"))
    assert ("meta", {"name": "color-scheme", "content": "light dark"}) in page.tags
    assert "url(" not in rendered(kind).html


@pytest.mark.parametrize("kind", list(Kind))
def test_every_page_opens_with_a_preview_line(kind):
    preview = re.search(r'<div style="display:none[^>]*>([^&<]+)', rendered(kind).html)

    assert preview is not None
    assert len(preview[1].strip()) > 20


@pytest.mark.parametrize("kind", list(Kind))
def test_text_lines_fit_a_terminal(kind):
    assert max(map(len, rendered(kind).text.splitlines())) <= 100


@pytest.mark.parametrize("kind", [kind for kind in Kind if a_letter(kind).facts])
def test_a_missing_fact_is_an_error_and_never_a_gap(kind):
    letter = a_letter(kind)

    unseen = {"inviter_email", "order_id"}  # in a header, and in the link
    for missing in letter.facts.keys() - unseen - GAINED.get(kind, {}).keys():
        less = {name: fact for name, fact in letter.facts.items() if name != missing}
        with pytest.raises(UndefinedError):
            rendered(kind, replace(letter, facts=less))


@pytest.mark.parametrize("kind", list(SOURCES))
def test_a_mail_that_needs_a_link_is_not_made_without_one(kind):
    with pytest.raises(UndefinedError):
        render(a_mail(a_letter(kind)), replace(LINK, expires_at=None))


@pytest.mark.parametrize("kind", GAINED)
def test_a_mail_that_was_owed_before_its_kind_gained_a_fact_is_made_all_the_same(kind):
    letter = a_letter(kind)
    before = {name: fact for name, fact in letter.facts.items() if name not in GAINED[kind]}

    assert rendered(kind, replace(letter, facts=before)).text


@pytest.mark.parametrize("kind", [Kind.RECEIPT, Kind.STATEMENT])
@pytest.mark.parametrize("has_paper", [True, False])
def test_only_a_mail_with_its_paper_says_that_it_comes_with_it(kind, has_paper):
    content = render(a_mail(a_letter(kind)), link_of(kind), has_paper=has_paper)

    assert ("comes with this mail as a PDF" in content.text) is has_paper
    assert ("comes with this mail as a PDF" in Page(content.html).words) is has_paper


@pytest.mark.parametrize("kind", list(Kind))
def test_markup_in_a_name_is_shown_and_not_obeyed(kind):
    letter = replace(a_letter(kind), recipient_name='<script>alert("1")</script>')

    page = Page(rendered(kind, letter).html)

    assert "script" not in {tag for tag, _ in page.tags}
    assert '<script>alert("1")</script>' in page.words


PRIZE = "Claim your prize at www.evil.example"


@pytest.mark.parametrize("kind", [*UNNAMED, Kind.PASSWORD_RESET])
def test_what_a_stranger_typed_is_not_sent_to_an_address_they_have_not_proven(kind):
    stranger = samples.account(name=PRIZE, request_id=uuid4())
    letter = {
        Kind.VERIFICATION: lambda: account_letters.verification(stranger, "e1"),
        Kind.ALREADY_REGISTERED: lambda: account_letters.already_registered(stranger, "e1"),
        Kind.EMAIL_CHANGE: lambda: account_letters.email_change(samples.moving(name=PRIZE))[0],
        Kind.PASSWORD_RESET: lambda: account_letters.password_reset(stranger),
    }[kind]()
    mail = a_mail(letter)

    content = render(mail, link_of(kind))
    wire = compose(mail, content, Sender("Chambers", "no-reply@chambers.example"), samples.NOW)

    assert content.text.startswith("Hello,\n")
    assert "Hello,</p>" in content.html
    for said in (content.subject, content.text, content.html, wire.content.decode()):
        assert "prize" not in said
        assert "evil" not in said


def test_a_link_keeps_its_token_out_of_logs():
    assert "t0k-en" not in repr(LINK)


@pytest.mark.parametrize(("role", "told"), [("member", True), ("billing_only", False)])
@pytest.mark.parametrize("reason", ["removed", "left"])
def test_only_who_held_a_license_is_told_that_it_is_free_again(reason, role, told):
    letter = firm_letters.removed(samples.removed() | {"reason": reason, "role": role})
    content = rendered(letter.kind, letter)

    assert ("The license you held" in content.text) is told
    assert ("The license you held" in Page(content.html).words) is told


def test_only_papers_bear_a_date_without_its_hour():
    """A day on which something ends is over at another moment for each reader (F116)."""
    folder = Path(notifications.__file__).parent / "contents" / "templates"
    bare = {one.parent.name for one in folder.glob("*/*") if re.search(r"\|day\b", one.read_text())}

    assert bare == {"receipt", "statement"}


@pytest.mark.parametrize(
    "kind", [Kind.INVITATION, Kind.INVITATION_EXPIRING, Kind.CONNECTION_REQUEST]
)
def test_what_the_owner_of_a_link_says_takes_the_place_of_what_was_owed(kind):
    """Who asked has left: the firm asks, nobody is answered, and nobody's words are shown."""
    told = {"firm_name": "Meyer LLP", "inviter_name": "Meyer LLP", "message": None}
    link = replace(LINK, told={**told, "inviter_email": None, "role": "practitioner"})

    mail = brought_up_to_date(a_mail(a_letter(kind)), link)
    content = render(mail, link)

    assert "inviter_email" not in mail.facts
    for shown in (content.text, Page(content.html).words):
        assert "Meyer LLP" in shown
        for gone in ("Ada Rossi", "Müller", "Reply to this mail", "Dear Zoë"):
            assert gone not in shown
