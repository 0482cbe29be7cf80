"""Names of many scripts, and a look at what a PDF really draws."""

from io import BytesIO

from pypdf import PdfReader

NAMES = {
    "Latin": "Łukasz Wiśniewski, Şükrü Ğ, Nguyễn Thị Hương",
    "Greek": "Ελένη Ιωάννου",
    "Cyrillic": "Дмитро Коваль",
    "Georgian": "იურიდიული ოფისი",
    "Chinese": "山田法律事務所 律师事务所",
    "Japanese": "ひまわり法律アトリエ 山﨑 𠮷野家",
    "Korean": "김앤박 법률사무소",
    "Thai": "สำนักงานกฎหมาย",
    "Hindi": "कार्यालय क्ष त्रि श्री",
    "Bengali": "আইন অফিস",
    "Tamil": "சட்ட அலுவலகம்",
    "Telugu": "న్యాయ కార్యాలయం",
    "Khmer": "ប្រទេសកម្ពុជា",
    "Burmese": "မြန်မာ",
    "Amharic": "ምክር ቤት",
    "Tibetan": "ཁྲིམས་ཁང",
    "Arabic": "مكتب المحاماة",
    "Persian": "دفتر وکالت پارس",
    "Urdu": "وکیل ٹکٹ ڈگری",
    "Hebrew": "משרד עורכי דין",
    "Emoji": "😀 👩‍⚖️ ❤️ 🇩🇪 👍🏽",
}


def drawn(content: bytes) -> list[int]:
    """The number of each glyph that a PDF draws, in its font; 0 is the box for a missing one."""
    glyphs = []
    for page in PdfReader(BytesIO(content)).pages:
        for font in page["/Resources"]["/Font"].values():
            (descendant,) = font.get_object().get("/DescendantFonts", [None])
            if descendant is not None:
                numbers = descendant.get_object()["/CIDToGIDMap"].get_data()
                glyphs += [
                    int.from_bytes(numbers[n : n + 2], "big") for n in range(2, len(numbers), 2)
                ]
    return glyphs


def fonts(content: bytes) -> set[str]:
    """The fonts of a PDF's pages by the names they have in it."""
    pages = PdfReader(BytesIO(content)).pages
    return {
        font.get_object()["/BaseFont"]
        for page in pages
        for font in page["/Resources"]["/Font"].values()
    }
