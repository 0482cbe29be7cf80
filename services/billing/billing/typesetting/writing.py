"""A paragraph of any script, broken into lines, for reportlab's pages and tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from reportlab.platypus import Flowable

from billing.typesetting.bidi import reorder
from billing.typesetting.embedding import EmbeddedFaces
from billing.typesetting.faces import PLAIN, face
from billing.typesetting.shaping import Run, letters, shape, words
from billing.typesetting.spelling import shown

ENDLESS = 10**9  # no text is as wide


@dataclass(frozen=True)
class Style:
    """How text looks: sizes in points."""

    size: float = 9.5
    leading: float = 13
    is_right: bool = False


@dataclass
class _Line:
    runs: list[Run] = field(default_factory=list)
    width: int = 0

    def add(self, runs: Iterable[Run], gap: Run | None = None) -> None:
        for run in [*([gap] if gap and self.runs else []), *runs]:
            self.runs.append(run)
            self.width += run.width


class Writing(Flowable):
    """Text on as many lines as it takes.

    Each part has a direction of its own and leaves that of the others alone: a Hebrew name
    stays before the address that follows it.
    """

    def __init__(self, faces: EmbeddedFaces, style: Style, *parts: str) -> None:
        super().__init__()
        self._faces = faces
        self._style = style
        self._parts = [shown(part) for part in parts]
        self._lines: list[_Line] = []
        self.width = 0.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Break the text for ``width``; return what it takes, in points."""
        if self._lines and self.width == width:  # tables ask again and again
            return width, sum(self._heights())
        self.width = width
        self._lines = _broken(self._parts, width * 1000 / self._style.size)
        return width, sum(self._heights())

    def split(self, width: float, height: float) -> list[Flowable]:
        """Refuse to be split: no text of ours is longer than a page."""
        return [] if self.wrap(width, height)[1] > height else [self]

    def draw(self) -> None:
        """Write the lines, from the top."""
        top = sum(self._heights())
        for line, height in zip(self._lines, self._heights(), strict=True):
            _, descent = self._measures(line)
            spare = height - sum(self._measures(line))
            self._write(line, top - height + descent + spare / 2)
            top -= height

    def _write(self, line: _Line, y: float) -> None:
        size = self._style.size
        x = self.width - line.width * size / 1000 if self._style.is_right else 0.0
        for run in reorder(line.runs, lambda run: run.level):
            write_run(self.canv, self._faces, run, size, x, y)
            x += run.width * size / 1000

    def _heights(self) -> list[float]:
        return [max(self._style.leading, *map(sum, [self._measures(n)])) for n in self._lines]

    def _measures(self, line: _Line) -> tuple[float, float]:
        """Return how far the line's letters reach over and under its foot."""
        faces = [face(PLAIN), *(run.face for run in line.runs)]
        over, under = max(f.ascent for f in faces), -min(f.descent for f in faces)
        return over * self._style.size / 1000, under * self._style.size / 1000


def write(canvas: Any, faces: EmbeddedFaces, style: Style, x: float, y: float, text: str) -> None:
    """Write one line of text at a place of the page; one of a right style ends there."""
    (line,) = _broken([shown(text)], ENDLESS)
    x -= line.width * style.size / 1000 if style.is_right else 0
    for run in reorder(line.runs, lambda run: run.level):
        write_run(canvas, faces, run, style.size, x, y)
        x += run.width * style.size / 1000


def write_run(canvas: Any, faces: EmbeddedFaces, run: Run, size: float, x: float, y: float) -> None:
    """Write the glyphs, each at its place."""
    embedded = faces.embedded(run.face, canvas._doc)  # noqa: SLF001 - glyphs have no other way
    pen, rise = run.glyphs[0].x, 0
    start = x + pen * size / 1000
    code = [f"BT /{embedded.name} {size:g} Tf 1 0 0 1 {start:.3f} {y:.3f} Tm"]
    for glyph in run.glyphs:
        if glyph.y != rise:
            rise = glyph.y
            code.append(f"{rise * size / 1000:.3f} Ts")
        back = pen - glyph.x
        number = embedded.code(glyph.number, glyph.text)
        code.append(f"[{back} <{number:04X}>] TJ" if back else f"<{number:04X}> Tj")
        pen = glyph.x + run.face.advance(glyph.number)
    if rise:
        code.append("0 Ts")
    canvas._code.append(" ".join([*code, "ET"]))  # noqa: SLF001


def _broken(parts: list[str], width: float) -> list[_Line]:
    """Return the lines of at most ``width``, in thousandths of the size of the letters."""
    lines = [_Line()]
    for word in (word for part in parts for word in words(part)):
        (gap,) = shape(" ", word.gap_level)
        runs = [run for text, level in word.stretches for run in shape(text, level)]
        wanted = sum(run.width for run in runs)
        if lines[-1].runs and lines[-1].width + gap.width + wanted > width:
            lines.append(_Line())
        if wanted <= width:
            lines[-1].add(runs, gap)
            continue
        for piece in (one for text, level in word.stretches for one in letters(text, level)):
            if lines[-1].runs and lines[-1].width + sum(run.width for run in piece) > width:
                lines.append(_Line())
            lines[-1].add(piece)
    return lines
