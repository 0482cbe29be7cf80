"""Letters as they join: runs of glyphs, each of one font and one direction."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import uharfbuzz as hb

from billing.typesetting.bidi import resolve
from billing.typesetting.faces import Face
from billing.typesetting.spelling import clusters, faces

FEATURES = {"kern": True, "liga": True}
SILENT = "\u2060"  # what a glyph shows when others have shown its text: nothing


@dataclass(frozen=True)
class Glyph:
    """One sign of a font, where it stands in its run, and the text that it shows.

    Places are thousandths of the size of the letters.
    """

    number: int
    text: str
    x: int
    y: int


@dataclass(frozen=True)
class Run:
    """Glyphs side by side, from the left."""

    face: Face
    level: int
    glyphs: tuple[Glyph, ...]
    width: int


@dataclass(frozen=True)
class Word:
    """What stands between blanks, in stretches of one level, and the level of the blank before."""

    gap_level: int
    stretches: list[tuple[str, int]]


def words(text: str) -> list[Word]:
    """Return ``text`` in words. It is one that ``shown`` returned: its blanks are single ones."""
    leveled = list(zip(text, resolve(text), strict=True))
    gap_level, found = 0, []
    for is_blank, part in groupby(leveled, lambda one: one[0] == " "):
        if is_blank:
            gap_level = next(part)[1]
            continue
        stretches = groupby(part, lambda one: one[1])
        found.append(
            Word(gap_level, [("".join(one for one, _ in these), n) for n, these in stretches])
        )
    return found


def shape(text: str, level: int) -> list[Run]:
    """Return a stretch of one direction as runs, in the order in which they are read."""
    return [_run(face, piece, level) for face, piece in faces(text)]


def letters(text: str, level: int) -> list[list[Run]]:
    """Return the same, apart wherever a line may end in need."""
    return [shape(cluster, level) for cluster in clusters(text)]


@lru_cache(maxsize=4096)  # papers repeat their words
def _run(face: Face, text: str, level: int) -> Run:
    buffer = hb.Buffer()
    buffer.add_codepoints([ord(character) for character in text])
    buffer.language = "en"  # not the machine's
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if level % 2 else "ltr"
    hb.shape(face.font, buffer, FEATURES)
    placed, pen = [], 0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        x = pen + position.x_offset
        placed.append((info.cluster, info.codepoint, x, position.y_offset))
        pen += position.x_advance
    return Run(face, level, tuple(_read(placed, text, level)), pen)


def _read(placed: list[tuple[int, int, int, int]], text: str, level: int) -> list[Glyph]:
    """Return the glyphs with the text that each shows; in order, they tell all of it."""
    in_order = placed[::-1] if level % 2 else placed
    of_start = Counter(start for start, *_ in in_order)
    starts = sorted(of_start)
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    told = {start: _shared(text[start : ends[start]], of_start[start]) for start in starts}
    glyphs = [Glyph(number, next(told[start]), x, y) for start, number, x, y in in_order]
    return glyphs[::-1] if level % 2 else glyphs


def _shared(text: str, glyphs: int) -> Iterator[str]:
    """Yield ``text`` among so many glyphs, a character each; the last has the rest."""
    yield from (text[place : place + 1] or SILENT for place in range(glyphs - 1))
    yield text[glyphs - 1 :] or SILENT
