"""What mail programs make links of, and texts that try to be one.

The patterns are broader than any one program's: none knows which domains exist, so that what
passes them is a link in no program.
"""

import re

LINKERS = {
    "a scheme": re.compile(r"\b[a-z][a-z0-9+.-]*:(//|\\\\)\S", re.I),
    "www": re.compile(r"\b(www\d*|ftp)\.\S", re.I),
    "an e-mail address": re.compile(r"[^\s@]@[^\s@]"),
    "a domain": re.compile(r"[^\s.]\.[^\W\d_]{2,63}\b", re.I),
    "an international domain": re.compile(r"\.xn--\w", re.I),
    "a numeric address": re.compile(r"\b\d{1,3}(\.\d{1,3}){3}\b"),
    "a share": re.compile(r"(^|\s)\\\\\w"),
    "something to call": re.compile(r"\b(mailto|tel|sms|sip|skype|callto|javascript):\S", re.I),
}
# As what browsers and some programs read: other dots and other widths, nothing that is not seen.
SAME_SIGN = str.maketrans(
    {
        **dict.fromkeys("\u3002\uff0e\uff61\u2024\ufe52", "."),
        **dict.fromkeys("\uff20\ufe6b", "@"),
        "\uff1a": ":",
        "\uff0f": "/",
        **dict.fromkeys(map(chr, (0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x202E, 0x2060, 0xFEFF))),
    }
)
TRIES = (
    "https://evil.example/prize",
    "HTTP://EVIL.EXAMPLE",
    "https://localhost/x",
    "www.evil.example/win",
    "WWW2.evil.example",
    "evil.example/x?y=1#z",
    "evil.example",
    "t.co/x",
    "evil.xn--p1ai",
    "evil.рф",
    "evil\u3002example/x",
    "evil\uff0eexample",
    "evil.\u200bexample",
    "evil\u202e.example",
    "https\uff1a//evil.example",
    "ceo@bank.example",
    "ceo\uff20bank.example",
    "<ceo@localhost>",
    "mailto:ceo@bank.example",
    "tel:+491701234567",
    "javascript:alert(1)",
    "ftp.evil.example",
    "192.0.2.1/x",
    "http://192.0.2.1:8080/",
    r"\\evil\share",
    r"file:\\evil\share",
    "[prize](https://evil.example)",
    "prize:https://evil.example",
    "(www.evil.example)",
    "evil.example.",
)


def linked(text: str) -> list[str]:
    """Which of the patterns find a link in ``text``."""
    seen = text.translate(SAME_SIGN)
    return [name for name, pattern in LINKERS.items() if pattern.search(seen)]
