"""Receipts on paper: what stands in them, and who gets them."""

import base64
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader

from billing.papers.before import printed
from billing.papers.pdf import render as render_paper
from billing.receipts.paper import paper_of
from billing.receipts.receipt import Receipt, ReceiptLine
from billing.typesetting.shaping import SILENT
from chassis import calls
from chassis.errors import Forbidden, NotFound
from chassis.ids import uuid7
from services.billing.tests.builders.practice import a_firm, said, when
from services.billing.tests.builders.samples import NOW
from services.billing.tests.builders.scripts import drawn

NAMES = ["Łukasz Wiśniewski", "Ελένη Ιωάννου", "Дмитро Коваль", "Nguyễn Thị Hương", "Şükrü Ğ"]


def a_receipt(lines=1, firm_name="Ash & Partners", recipients=("Bea",)):
    return Receipt(
        id=UUID(int=1), number="2026-7F3A19C2-0001", year=2026, position=1, firm_id=UUID(int=2),
        firm_name=firm_name, order_id=UUID(int=3), payment_id=UUID(int=4), currency="USD",
        issued_at=NOW,
        recipients=[{"name": name, "email": "b@firm.example"} for name in recipients],
        lines=[ReceiptLine(n, f"Pro Gold license {n}", 3, 17_450) for n in range(1, lines + 1)],
    )  # fmt: skip


def render(receipt):
    return render_paper(paper_of(receipt))


def pages(content):
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def test_everything_that_a_receipt_says_can_be_read():
    (text,) = pages(render(a_receipt()))

    for part in (
        "Ash & Partners", "2026-7F3A19C2-0001", "2026-03-01", "Pro Gold license 1", "174.50 USD",
        "Total: 523.50 USD", "Bea <b@firm.example>",
    ):  # fmt: skip
        assert part in text


def test_names_of_many_scripts_can_be_read():
    (text,) = pages(render(a_receipt(firm_name="Žižka & Ørsted", recipients=NAMES)))

    assert [name for name in ["Žižka & Ørsted", *NAMES] if name not in text] == []


def test_a_name_is_never_taken_for_markup():
    (text,) = pages(render(a_receipt(firm_name="<b>Ash</b> &amp; <para>")))

    assert "<b>Ash</b> &amp; <para>" in text


def test_the_same_receipt_gives_the_same_bytes():
    assert render(a_receipt(lines=50)) == render(a_receipt(lines=50))


def test_a_long_receipt_goes_on_under_the_same_head():
    found = pages(render(a_receipt(lines=120, recipients=["Bea"] * 80)))

    assert len(found) > 3
    assert ["Unit price" in text for text in found[:3]] == [True, True, True]
    assert all(f"Page {number}" in text for number, text in enumerate(found, start=1))
    assert "Pro Gold license 120" in "".join(found)


def test_the_longest_names_fit_on_a_page():
    longest = "W" * 200

    (text,) = pages(render(a_receipt(firm_name=longest, recipients=[longest])))

    assert text.replace("\n", "").count(longest) == 2


def a_paid_receipt(world, member):
    placed = world.call(
        "billing.order_licenses",
        as_=member.token,
        quantity=2,
        level="gold",
        payment_method="sandbox_ok",
    )
    when(world, member, placed, "paid")
    (receipt,) = said(world, "receipt_issued.v1", order_id=placed["order_id"])
    return receipt


def test_admins_and_billing_only_members_get_the_pdf(world):
    firm = a_firm(world, "Ashłey & Partners")
    ada, bea = firm.member("admin", "Ada"), firm.member("billing_only", "Bea")
    receipt = a_paid_receipt(world, ada)

    answers = [
        world.call("billing.get_receipt_pdf", as_=who.token, receipt_id=receipt["receipt_id"])
        for who in (ada, bea)
    ]

    assert answers[0] == answers[1]
    assert answers[0]["file_name"] == f"receipt-{receipt['number']}.pdf"
    assert answers[0]["content_type"] == "application/pdf"
    (text,) = pages(base64.b64decode(answers[0]["content_base64"]))
    assert "Ashłey & Partners" in text
    assert f"{receipt['number']}" in text


@pytest.mark.together
def test_nobody_else_gets_the_pdf(world):
    firm = a_firm(world)
    receipt = a_paid_receipt(world, firm.member("admin", "Ada"))
    stranger, plain = a_firm(world).member("admin", "Eve"), firm.member("member", "Mo")

    for receipt_id in (receipt["receipt_id"], uuid7()):
        with pytest.raises(NotFound) as unknown:
            world.call("billing.get_receipt_pdf", as_=stranger.token, receipt_id=receipt_id)
        assert unknown.value.code == "receipt_not_found"
    with pytest.raises(Forbidden) as refusal:
        world.call("billing.get_receipt_pdf", as_=plain.token, receipt_id=receipt["receipt_id"])
    assert refusal.value.code == "buying_not_allowed"


def test_nothing_is_rendered_inside_a_transaction(desk):
    with desk.db.transaction(), pytest.raises(calls.WaitingInTransaction):
        printed(paper_of(a_receipt()))


@pytest.mark.proves("F140")
@pytest.mark.parametrize(
    "name", ["山田法律事務所", "법률사무소", "สำนักงาน", "कार्यालय", "😀", "שלום"]
)
def test_the_payer_s_name_stands_on_the_receipt_in_its_script(world, name):
    ada = a_firm(world, f"{name} LLP").member("admin", "Ada")
    receipt = a_paid_receipt(world, ada)

    answer = world.call("billing.get_receipt_pdf", as_=ada.token, receipt_id=receipt["receipt_id"])

    content = base64.b64decode(answer["content_base64"])
    (text,) = pages(content)
    assert name in text.replace(SILENT, "")
    assert 0 not in drawn(content)
