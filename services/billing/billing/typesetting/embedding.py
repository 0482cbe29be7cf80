"""Fonts inside a PDF: only the glyphs that are used, and which text each of them shows."""

from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from billing.typesetting.faces import Face, face

_UNUSED = ("GSUB", "GPOS", "GDEF", "cmap", "name", "OS/2", "post", "DSIG", "STAT")
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{body}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class EmbeddedFaces:
    """The fonts of one document."""

    def __init__(self) -> None:
        self._of: dict[str, EmbeddedFace] = {}

    def embedded(self, one: Face, document: Any) -> "EmbeddedFace":
        """Return the font as ``document`` carries it."""
        if one.name not in self._of:
            self._of[one.name] = EmbeddedFace(one, f"C{len(self._of)}")
            document.delayedFonts.append(self._of[one.name])
        return self._of[one.name]


class EmbeddedFace:
    """One font of one document. A glyph that shows two texts has two codes, so both can be read."""

    def __init__(self, one: Face, name: str) -> None:
        self.face = one
        self.name = name
        self._codes: dict[tuple[int, str], int] = {}

    def code(self, glyph: int, text: str) -> int:
        """Return the number by which the document knows a glyph that shows ``text``."""
        return self._codes.setdefault((glyph, text), len(self._codes) + 1)

    def addObjects(self, document: Any) -> None:  # noqa: N802 - reportlab calls it
        """Put the font into ``document``, which is about to be written."""
        program, places = self._subset()
        numbers = [0, *(places[glyph] for glyph, _ in self._codes)]
        title = f"CHMBRS+{self.face.name}-{self.name}"
        descendant = _dictionary(
            Type=PDFName("Font"),
            Subtype=PDFName("CIDFontType2"),
            BaseFont=PDFName(title),
            CIDSystemInfo=_dictionary(
                Registry=PDFString("Adobe"), Ordering=PDFString("Identity"), Supplement=0
            ),
            FontDescriptor=self._described(document, title, program),
            DW=0,
            W=PDFArray([1, PDFArray([self.face.advance(glyph) for glyph, _ in self._codes])]),
            CIDToGIDMap=_stream(document, b"".join(n.to_bytes(2, "big") for n in numbers)),
        )
        document.idToObject["BasicFonts"].dict[self.name] = _dictionary(
            Type=PDFName("Font"),
            Subtype=PDFName("Type0"),
            BaseFont=PDFName(title),
            Encoding=PDFName("Identity-H"),
            DescendantFonts=PDFArray([document.Reference(descendant)]),
            ToUnicode=_stream(document, self._readable().encode("ascii")),
        )

    def _described(self, document: Any, title: str, program: bytes) -> Any:
        described = _dictionary(
            Type=PDFName("FontDescriptor"),
            FontName=PDFName(title),
            Flags=4,
            FontBBox=PDFArray(self.face.box),
            ItalicAngle=0,
            Ascent=self.face.ascent,
            Descent=self.face.descent,
            CapHeight=700,
            StemV=80,
            FontFile2=_stream(document, program, Length1=len(program)),
        )
        return document.Reference(described)

    def _subset(self) -> tuple[bytes, dict[int, int]]:
        """Return the font with the used glyphs alone, and where each of them is in it."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(glyph for glyph, _ in self._codes)
        wanted.drop_table_tag_set.update(
            int.from_bytes(t.encode().ljust(4), "big") for t in _UNUSED
        )
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        plan = hb.SubsetPlan(face(self.face.name).shaped_by, wanted)
        moved = plan.old_to_new_glyph_mapping
        return plan.execute().blob.data, {glyph: moved[glyph] for glyph, _ in self._codes}

    def _readable(self) -> str:
        """Return which text each code shows, for whoever copies or reads aloud."""
        lines = [
            f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>"
            for (_, text), code in self._codes.items()
        ]
        blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
        return _CMAP.format(
            body="\n".join(
                "\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]) for block in blocks
            )
        )


def _dictionary(**entries: Any) -> PDFDictionary:
    return PDFDictionary(entries)


def _stream(document: Any, content: bytes, **entries: Any) -> Any:
    stream = PDFStream(content=content, filters=[PDFZCompress])
    for name, value in entries.items():
        stream.dictionary[name] = value
    return document.Reference(stream)
