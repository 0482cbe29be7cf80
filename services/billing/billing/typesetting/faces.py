"""The fonts that come with billing, and which of them has a character."""

from functools import cache, cached_property
from importlib.resources import files

import uharfbuzz as hb

# Asked in this order. The fonts of one script come before DejaVu, which has some of it, because a
# word whose letters come from two fonts does not join.
_SCRIPTS = (
    *("Arabic", "Hebrew", "Syriac", "Thaana"),
    *("Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu", "Kannada"),
    *("Malayalam", "Sinhala", "Thai", "Lao", "Khmer", "Myanmar", "Ethiopic", "Cherokee"),
)
PLAIN = "DejaVuSans"  # Latin, Greek, Cyrillic, Armenian, Georgian and many signs
_OTHERS = ("NotoEmoji", "DroidSansFallback", "NotoSansJP-rare", "NotoSansTC-rare")
FIRST_OF_SCRIPTS = "\u0590"  # before it there is nothing that DejaVu lacks and others have
NAMES = (*(f"NotoSans{name}" for name in _SCRIPTS), "NotoSerifTibetan", PLAIN, *_OTHERS)


class Face:
    """One font: what it has, and its measures in thousandths of the size of the letters."""

    def __init__(self, name: str) -> None:
        self.name = name
        data = (files("billing") / "fonts" / f"{name}.ttf").read_bytes()
        self.shaped_by = hb.Face(hb.Blob(data))
        self.font = hb.Font(self.shaped_by)
        self.font.scale = (1000, 1000)
        measures = self.font.get_font_extents("ltr")
        self.ascent, self.descent = measures.ascender, measures.descender
        self._characters = self.shaped_by.unicodes
        self._is_of_one_script = name.startswith("Noto") and name not in _OTHERS

    def __contains__(self, character: str) -> bool:
        is_shared = character < FIRST_OF_SCRIPTS or "\u2000" <= character < "\u2d00"
        if self._is_of_one_script and is_shared:
            return False  # what all scripts share looks alike everywhere
        return ord(character) in self._characters

    @cached_property
    def box(self) -> list[int]:
        """What the font's largest letters take, as its own table says."""
        head = self.shaped_by.reference_table("head").data
        edges = [head[place : place + 2] for place in range(36, 44, 2)]
        units = [int.from_bytes(edge, "big", signed=True) * 1000 for edge in edges]
        return [divmod(one, self.shaped_by.upem)[0] for one in units]

    def advance(self, glyph: int) -> int:
        """Return how wide a glyph is."""
        return int(self.font.get_glyph_h_advance(glyph))


@cache
def face(name: str) -> Face:
    """Return the font of that name; read once in a process."""
    return Face(name)


@cache
def face_for(cluster: str) -> Face | None:
    """Return the first font that has all of ``cluster``, or None."""
    names = NAMES if any(character >= FIRST_OF_SCRIPTS for character in cluster) else (PLAIN,)
    return next((f for f in map(face, names) if all(one in f for one in cluster)), None)
