"""How receipts and statements look: A4, as many pages as it takes, the same bytes each time."""

from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, SimpleDocTemplate, Spacer, Table

from billing.papers.paper import Paper
from billing.plans.money import written
from billing.typesetting.embedding import EmbeddedFaces
from billing.typesetting.spelling import spelt_out
from billing.typesetting.writing import Style, Writing, write
from chassis import names

MARGIN = 20 * mm
EDGE = MARGIN + 6  # where text begins: the page's frame has a padding
WIDTHS = [A4[0] - 2 * EDGE - 86 * mm, 22 * mm, 32 * mm, 32 * mm]
PLAIN = Style()
RIGHT = Style(is_right=True)
TITLE = Style(size=18, leading=26)
TOTAL = Style(size=12, leading=18, is_right=True)
SMALL, SMALL_RIGHT = Style(size=8), Style(size=8, is_right=True)
RULES = [
    ("LINEBELOW", (0, 0), (-1, 0), 0.8, "#000000"),
    ("LINEBELOW", (0, 1), (-1, -1), 0.25, "#999999"),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (0, -1), 0),
    ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
]
SPELT_OUT = (
    "A number like [U+12000] stands for a character that this paper has no font for; "
    "the Unicode Standard lists them all."
)


def render(paper: Paper) -> bytes:
    """Return the paper as a PDF, without the time of rendering in it, so that bytes repeat."""
    faces = EmbeddedFaces()
    content = BytesIO()
    document = SimpleDocTemplate(
        content,
        pagesize=A4,
        title=f"{paper.title} {paper.number}",
        author="Chambers",
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        invariant=1,
    )

    def number_page(canvas: Any, _document: Any) -> None:
        page = f"Page {canvas.getPageNumber()}"
        write(canvas, faces, SMALL, EDGE, MARGIN / 2, paper.number)
        write(canvas, faces, SMALL_RIGHT, A4[0] - EDGE, MARGIN / 2, page)

    document.build(_story(paper, faces), onFirstPage=number_page, onLaterPages=number_page)
    return content.getvalue()


def _story(paper: Paper, faces: EmbeddedFaces) -> list[Flowable]:
    def text(style: Style, *parts: str) -> Writing:
        return Writing(faces, style, *parts)

    story = [text(TITLE, paper.title), text(PLAIN, names.shown(paper.firm_name)), Spacer(0, 4 * mm)]
    story += [text(PLAIN, fact) for fact in paper.facts]
    story += [Spacer(0, 8 * mm), _table(paper, faces), Spacer(0, 4 * mm)]
    story += [text(TOTAL, f"Total: {written(paper.total, paper.currency)}"), Spacer(0, 8 * mm)]
    story += [text(PLAIN, note) for note in paper.notes]
    if paper.sent_to:
        story += [text(PLAIN, "Sent to:")]
        people = [(names.shown(name), address) for name, address in paper.sent_to]
        story += [text(PLAIN, name, f"<{address}>") for name, address in people]
    if any(map(spelt_out, _of_people(paper))):
        story += [Spacer(0, 8 * mm), text(SMALL, SPELT_OUT)]
    return story


def _of_people(paper: Paper) -> list[str]:
    """Return what people wrote."""
    return [
        paper.firm_name,
        *(line.description for line in paper.lines),
        *(part for person in paper.sent_to for part in person),
    ]


def _table(paper: Paper, faces: EmbeddedFaces) -> Table:
    rows = [
        [
            Writing(faces, PLAIN, names.shown(line.description)),
            Writing(faces, RIGHT, str(line.quantity)),
            Writing(faces, RIGHT, written(line.unit_amount, paper.currency)),
            Writing(faces, RIGHT, written(line.amount, paper.currency)),
        ]
        for line in paper.lines
    ]
    titles = ("Quantity", "Unit price", "Amount")
    head = [Writing(faces, PLAIN, "Description"), *(Writing(faces, RIGHT, t) for t in titles)]
    return Table([head, *rows], colWidths=WIDTHS, repeatRows=1, style=RULES)
