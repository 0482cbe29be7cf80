"""How a receipt looks on paper: A4, as many pages as it takes, the same bytes each time."""

from functools import cache
from html import escape
from importlib.resources import as_file, files
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from billing.domain.money import written
from billing.domain.receipt import Receipt
from chassis import names

FONT = "DejaVuSans"  # Latin, Greek, Cyrillic and more: whatever people are called
MARGIN = 20 * mm
EDGE = MARGIN + 6  # where text begins: the page's frame has a padding
WIDTHS = [A4[0] - 2 * EDGE - 86 * mm, 22 * mm, 32 * mm, 32 * mm]
PLAIN = ParagraphStyle("plain", fontName=FONT, fontSize=9.5, leading=13)
RIGHT = ParagraphStyle("right", PLAIN, alignment=2)
TITLE = ParagraphStyle("title", PLAIN, fontSize=18, leading=26)
TOTAL = ParagraphStyle("total", RIGHT, fontSize=12, leading=18)
RULES = [
    ("LINEBELOW", (0, 0), (-1, 0), 0.8, "#000000"),
    ("LINEBELOW", (0, 1), (-1, -1), 0.25, "#999999"),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (0, -1), 0),
    ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
]


def render(receipt: Receipt) -> bytes:
    """The receipt as a PDF, without the time of rendering in it, so that bytes repeat."""
    _load_font()
    paper = BytesIO()
    document = SimpleDocTemplate(
        paper,
        pagesize=A4,
        title=f"Receipt {receipt.number}",
        author="Chambers",
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        initialFontName=FONT,
        invariant=1,
    )

    def number_page(canvas: Any, _document: Any) -> None:
        canvas.setFont(FONT, 8)
        canvas.drawString(EDGE, MARGIN / 2, receipt.number)
        canvas.drawRightString(A4[0] - EDGE, MARGIN / 2, f"Page {canvas.getPageNumber()}")

    document.build(_story(receipt), onFirstPage=number_page, onLaterPages=number_page)
    return paper.getvalue()


def _story(receipt: Receipt) -> list[Flowable]:
    return [
        Paragraph("Receipt", TITLE),
        _text(receipt.firm_name),
        Spacer(0, 4 * mm),
        _text(f"Number: {receipt.number}"),
        _text(f"Date: {receipt.issued_at:%Y-%m-%d} (UTC)"),
        Spacer(0, 8 * mm),
        _lines(receipt),
        Spacer(0, 4 * mm),
        _text(f"Total: {written(receipt.total, receipt.currency)}", TOTAL),
        Spacer(0, 8 * mm),
        _text("Sent to:"),
        *[_text(f"{person['name']} <{person['email']}>") for person in receipt.recipients],
    ]


def _lines(receipt: Receipt) -> Table:
    rows = [
        [
            _text(line.description),
            _text(str(line.quantity), RIGHT),
            _text(written(line.unit_amount, receipt.currency), RIGHT),
            _text(written(line.amount, receipt.currency), RIGHT),
        ]
        for line in receipt.lines
    ]
    titles = ("Quantity", "Unit price", "Amount")
    head = [_text("Description"), *(_text(title, RIGHT) for title in titles)]
    return Table([head, *rows], colWidths=WIDTHS, repeatRows=1, style=RULES)


def _text(text: str, style: ParagraphStyle = PLAIN) -> Paragraph:
    """Names are text, never markup, and hide nothing."""
    return Paragraph(escape(names.shown(text)), style)


@cache
def _load_font() -> None:
    with as_file(files("billing") / "fonts" / "DejaVuSans.ttf") as path:
        registerFont(TTFont(FONT, path))
