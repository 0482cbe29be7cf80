from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default
from uuid import UUID

import pytest

from chassis.addresses import Unreachable
from chassis.config import ConfigurationError
from notifications.contents.rendering import Content
from notifications.contents.wire_form import Sender, compose
from notifications.deliveries.transport import checked_sender
from notifications.letters import firm_letters
from notifications.mails.letter import Kind
from services.notifications.tests.builders import samples
from services.notifications.tests.builders.each_kind import a_letter, a_mail
from services.notifications.tests.builders.samples import NOW

SENDER = Sender("Chambers", "no-reply@chambers.example")
CONTENT = Content("Grüße an Zoë", "Guten Tag, Zoë\n", "<p>Guten Tag, Zoë</p>\n")
MAIL_ID = UUID("0193a5b0-0000-7000-8000-000000000001")


def received(mail, content=CONTENT):
    """The mail as the other side reads it from the wire."""
    return message_from_bytes(compose(mail, content, SENDER, NOW).content, policy=default)


def an_invitation(**facts):
    return a_mail(firm_letters.invitation(samples.invited(**facts)), MAIL_ID)


def test_a_mail_is_from_the_operators_address_and_answers_go_to_the_inviter():
    message = received(an_invitation())

    assert message["From"] == "Chambers <no-reply@chambers.example>"
    assert message["Reply-To"] == "Ada Rossi <ada@rossi.example>"
    assert message["To"] == "Zoë Ångström <zoe@example.org>"


ANSWERED_BY_A_PERSON = (Kind.INVITATION, Kind.INVITATION_EXPIRING, Kind.CONNECTION_REQUEST)


@pytest.mark.parametrize("kind", ANSWERED_BY_A_PERSON)
def test_whoever_is_asked_something_answers_to_who_asks(kind):
    assert received(a_mail(a_letter(kind)))["Reply-To"] == "Ada Rossi <ada@rossi.example>"


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in ANSWERED_BY_A_PERSON])
def test_only_who_is_asked_something_has_a_person_to_answer_to(kind):
    assert received(a_mail(a_letter(kind)))["Reply-To"] is None


def test_every_attempt_at_a_mail_carries_the_same_message_id():
    first, second = received(an_invitation()), received(an_invitation())

    assert first["Message-ID"] == f"<{MAIL_ID}@chambers.example>"
    assert second["Message-ID"] == first["Message-ID"]


def test_a_mail_says_that_no_person_wrote_it():
    message = received(an_invitation())

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Content-Language"] == "en"
    assert message["Date"].datetime == NOW


def test_umlauts_survive_in_headers_and_in_both_parts():
    message = received(an_invitation())

    assert message["Subject"] == "Grüße an Zoë"
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert all("Guten Tag, Zoë" in part.get_content() for part in message.iter_parts())


def test_the_wire_form_is_printable_ascii_with_short_lines():
    wire = compose(an_invitation(), CONTENT, SENDER, NOW).content

    assert wire.isascii()
    assert max(map(len, wire.split(b"\r\n"))) <= 100


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "\x85"])
def test_a_line_break_in_a_name_begins_no_header(end):
    names = {"name": "Ada", "email": "ada@rossi.example", "email_verified": True}
    mail = an_invitation(
        name=f"Zoë{end}Bcc: all@example.org",
        invited_by={**names, "name": f"Ada{end}Bcc: all@example.org"},
    )

    message = received(mail)

    assert message["Bcc"] is None
    assert message["To"].addresses[0].display_name == "Zoë Bcc: all[at]example[.]org"
    assert len(message["To"].addresses) == 1


def test_a_line_break_in_a_subject_is_refused():
    with pytest.raises(ValueError, match="one line"):
        compose(an_invitation(), Content("a\nBcc: b@c.de", "", ""), SENDER, NOW)


@pytest.mark.parametrize(
    "address",
    [
        "zoe",
        "",
        "@example.org",
        "zoe@example.org, all@example.org",
        "zoe@example.org\r\nBcc: a@b",
        "zoe@",
        "zoë@example.org",
        "zoe smith@example.org",
    ],
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(Unreachable):
        compose(an_invitation(email=address), CONTENT, SENDER, NOW)


@pytest.mark.parametrize("word", ["Partner ", "Müller ", "李"])
def test_long_names_are_folded_and_read_back_whole(word):
    name = (word * 60)[:200].strip()
    wire = compose(an_invitation(name=name), Content(name, "a", "b"), SENDER, NOW).content
    message = message_from_bytes(wire, policy=default)

    assert message["Subject"] == name
    assert str(make_header(decode_header(message_from_bytes(wire)["To"]))).startswith(name)
    assert max(map(len, wire.split(b"\r\n"))) < 300


@pytest.mark.parametrize(
    "text",
    ["=_boundary", "--", "ends with a blank ", ".", "From here", "x" * 3_000, "a\rb\x0bc"],
)
def test_any_text_is_read_back_as_it_was(text):
    message = received(an_invitation(), Content("s", f"{text}\n", f"<p>{text}</p>\n"))

    plain, html = message.iter_parts()
    assert plain.get_content().splitlines() == text.splitlines()
    assert html.get_content().splitlines() == f"<p>{text}</p>".splitlines()


def test_an_international_domain_is_written_as_dns_knows_it():
    message = received(an_invitation(email="zoe@müller.example"))

    assert message["To"].addresses[0].addr_spec == "zoe@xn--mller-kva.example"


def test_the_sender_is_read_from_one_setting():
    assert Sender.parse("Müller & Co <post@mueller.example>") == Sender(
        "Müller & Co", "post@mueller.example"
    )


def test_a_sender_without_an_address_is_refused():
    with pytest.raises(Unreachable):
        Sender.parse("Chambers")


@pytest.mark.parametrize("written", ["Chambers", "no-reply@chambers.invalid"])
def test_a_sender_that_no_server_would_send_for_is_refused_at_the_start(written):
    with pytest.raises(ConfigurationError, match=r"notifications\.mail_from"):
        checked_sender({"mail_from": written, "mail_transport": "smtp"})


def test_the_file_transport_needs_no_address_of_ones_own():
    settings = {"mail_from": "Chambers <no-reply@chambers.invalid>", "mail_transport": "file"}

    assert checked_sender(settings).domain == "chambers.invalid"
