"""Receipts and statements that go with their mails, as a reader's program finds them."""

from base64 import b64encode
from email import message_from_bytes
from email.policy import default
from uuid import uuid4

import pytest

from chassis.testing.world import running, text_of
from notifications.contents.before import ask_for_enclosure
from notifications.contents.enclosures import LARGEST, PRINTERS, read
from notifications.contents.parts import Enclosure
from notifications.contents.rendering import Content
from notifications.contents.wire_form import Sender, compose
from notifications.mails.letter import Kind
from notifications.mails.mail import State
from services.notifications.tests.builders import samples
from services.notifications.tests.builders.asking import an_address, settled
from services.notifications.tests.builders.each_kind import a_letter, a_mail
from services.notifications.tests.builders.samples import NOW
from tests.support.practice import a_firm

SENDER = Sender("Chambers", "no-reply@chambers.example")
CONTENT = Content("Receipt", "Guten Tag, Zoë\n.\n", "<p>Guten Tag, Zoë</p>\n")
PAPER = bytes(range(256)) * 20


def received(enclosure, kind=Kind.RECEIPT):
    wire = compose(a_mail(a_letter(kind)), CONTENT, SENDER, NOW, enclosure).content
    assert wire.isascii()
    assert max(map(len, wire.split(b"\r\n"))) < 998
    assert b"\n" not in wire.replace(b"\r\n", b"")
    return message_from_bytes(wire, policy=default)


def test_a_paper_goes_beside_the_two_forms_of_the_mail():
    mail = received(Enclosure("receipt-2026-7F3A19C2-0001.pdf", "application/pdf", PAPER))

    assert mail.get_content_type() == "multipart/mixed"
    choice, file = mail.iter_parts()
    assert choice.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in choice.iter_parts()] == ["text/plain", "text/html"]
    assert mail.get_body(("plain",)).get_content().splitlines() == CONTENT.text.splitlines()
    assert mail.get_body(("html",)).get_content().splitlines() == CONTENT.html.splitlines()
    assert list(mail.iter_attachments()) == [file]
    assert file.get_content_type() == "application/pdf"
    assert file.get_filename() == "receipt-2026-7F3A19C2-0001.pdf"
    assert file.get_content() == PAPER
    assert [part.defects for part in mail.walk()] == [[]] * 5


def test_without_a_paper_the_mail_is_its_two_forms():
    assert received(None).get_content_type() == "multipart/alternative"


@pytest.mark.parametrize("name", ['a"; x=".exe', "a\r\nBcc: all@example.org", "../../a", "ä.pdf"])
def test_a_file_s_name_brings_nothing_of_its_own(name):
    mail = received(Enclosure(name, "application/pdf", PAPER))

    (file,) = mail.iter_attachments()
    assert file.get_content() == PAPER
    assert file["Bcc"] is mail["Bcc"] is None
    assert set(file.get_filename()) <= set("abcdefghijklmnopqrstuvwxyzBEM0123456789._-")


@pytest.mark.parametrize(("more", "goes_along"), [(0, True), (1, False)])
def test_a_paper_that_mail_servers_would_refuse_stays_away(more, goes_along):
    content = b64encode(b"a" * (LARGEST + more)).decode()

    enclosure = read(
        {"file_name": "a.pdf", "content_type": "application/pdf", "content_base64": content}
    )

    assert (enclosure is not None) is goes_along


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in PRINTERS])
def test_a_mail_about_no_paper_asks_nobody_for_one(kind):
    assert ask_for_enclosure(a_mail(a_letter(kind)), {}) is None


def test_a_receipt_waits_for_billing_to_print_it():
    to = an_address()
    event = samples.receipt(recipients=[{"name": "Zoë", "email": to}])
    with running("embedded", ["notifications"]) as world:
        world.publish("billing", "receipt_issued.v1", event)

        (mail,) = settled(world, to, State.TECHNICAL_FAILURE)

        assert mail.due_at is not None
        assert world.mails(to) == []


def test_a_receipt_brings_its_pdf(world):
    firm = a_firm(world, licenses=1)

    mail = world.mail(firm.founder.email, "receipt for")

    (written,) = firm.founder.call(world, "billing.list_receipts")["items"]
    (file,) = mail.iter_attachments()
    assert file.get_filename() == f"receipt-{written['number']}.pdf"
    assert file.get_content().startswith(b"%PDF-")
    assert "comes with this mail as a PDF" in text_of(mail)
    assert f"/billing/receipts/{written['receipt_id']}\n" in text_of(mail).replace("\r", "")


def test_a_receipt_that_billing_does_not_have_is_told_without_its_paper(world):
    to = an_address()
    event = samples.receipt(recipients=[{"name": "Zoë", "email": to}], receipt_id=uuid4())

    world.publish("billing", "receipt_issued.v1", event)

    (mail,) = settled(world, to)
    assert mail.state is State.DELIVERED
    (letter,) = world.mails(to)
    assert list(letter.iter_attachments()) == []
    assert "comes with this mail" not in text_of(letter)
