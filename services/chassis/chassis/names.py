"""The rule for names and other texts on one line: what of them is kept, and how they are shown.

Some signs cannot be seen: they turn the reading direction, hide in a word, or are all there is.
With them one name dresses up as another, or as none. Those that a script or an emoji is written
with stay where it needs them: Persian, Malayalam and Mongolian names are spelt as ever.
"""

import re
import unicodedata

UNNAMED = "(no name)"

# Of no use in a name: direction marks, fillers, soft hyphens, blanks of no width.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e001f\U000e0080-\U000e00ff\U000e01f0-\U000e0fff\ud800-\udfff]"
)
# The flag of England and its like are a black flag with a place's code in signs that do not print.
_TAGS = re.compile(
    "(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f)"
    "|[\U000e0020-\U000e007f]"
)
_JOINERS = frozenset("\u200c\u200d")
_MONGOLIAN = frozenset("\u180b\u180c\u180d\u180e\u180f")
_VARIANTS = frozenset([*map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0))])
_LENT = _JOINERS | _MONGOLIAN | _VARIANTS  # nothing by themselves: they change a neighbour
_VIRAMA = 9  # the combining class of the signs that bind Indic letters
_KEYCAP = "\u20e3"
_BLANK = frozenset("\u2800\U0001d159")  # signs by their category that print as a blank


def cleaned(text: str) -> str:
    """Return ``text`` as it is kept: without outer blanks and without signs that show nothing."""
    if text.isascii():
        return text.strip()
    visible = _TAGS.sub(lambda found: found[1] or "", _HIDDEN.sub("", text))
    kept = ""
    for place, sign in enumerate(visible):
        if sign not in _LENT or _has_use(sign, kept[-1:], visible[place + 1 : place + 2]):
            kept += sign
    return kept.strip()


def prints(text: str) -> bool:
    """Return whether anything of ``text`` can be seen."""
    return any(
        unicodedata.category(sign)[0] not in "ZM"
        and unicodedata.category(sign) not in ("Cc", "Cf", "Cs")
        and sign not in _BLANK
        for sign in cleaned(text)
    )


def has_controls(text: str) -> bool:
    """Return whether ``text`` holds signs that steer a terminal or break a line."""
    return not text.isprintable() and any(
        unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in text
    )


def shown_line(text: str) -> str:
    """Return ``text`` as shown on one line: cleaned, each control or line break a blank.

    What was kept before there was this rule is shown by it, too.
    """
    spaced = "".join(" " if has_controls(sign) else sign for sign in text)
    return " ".join(cleaned(spaced).split())


def shown(name: str) -> str:
    """Return ``name`` as it is shown; "(no name)" for one of which nothing can be seen."""
    return shown_line(name) if prints(name) or not name.strip() else UNNAMED


def _has_use(sign: str, before: str, after: str) -> bool:
    """Return whether the sign changes how its neighbours look."""
    if sign in _MONGOLIAN:
        return "\u1807" <= before <= "\u18aa"
    if sign in _VARIANTS:
        return _is_letter(before) or (before in tuple("0123456789#*") and after == _KEYCAP)
    if before and unicodedata.combining(before) == _VIRAMA:
        return True
    return (_is_letter(before) or before in _VARIANTS) and _is_letter(after)


def _is_letter(sign: str) -> bool:
    """Return whether it prints, and is of no script without a use for such signs: not ASCII."""
    return bool(sign) and not sign.isascii() and not sign.isspace() and sign not in _LENT
