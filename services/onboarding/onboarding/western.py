# ruff: noqa: RUF001 - signs that look alike are what this is about
"""Whether a text that was read as Windows-1252 makes sense in it.

Any bytes are some text in a code page, so a wrong one shows only in what it makes of names:
Mac Roman's ü is Ÿ, Polish ł is ³, Cyrillic is a row of accents. Each pattern below is one such
trace that Western European languages do not leave. Who is refused for a rare name that is right
says the encoding and is believed; nobody's names are spoilt in silence.
"""

import re

LOWER, UPPER = "a-zß-öø-ÿ", "A-ZÀ-ÖØ-Þ"
LETTER = f"{LOWER}{UPPER}"
ACCENTED = "À-ÖØ-öø-ÿ"
VOWEL = "aeiouyAEIOUYàâéèêëîïôûÀÂÉÈÊÎÔ"
ELISIONS = "[OD]|[ldjnstcmyzo]|[A-Za-z]*[Qq]u|[Aa]ujourd|Mc|[dD]ell|[dD]all|[nN]ell|[sS]ant"
# Pairs of accented letters that are one after the other in some word.
PAIRS = "çã|çõ|[äöüÄÖÜ]ß|ää|öö|üü|öä|äö|éé|[áéíóú]ñ|ñ[áéíóúã]|ÄÖ|Üß|Íñ|íñ|ÇÃ|ÇÕ"
TRACES = (
    # Signs that stand where a letter does.
    rf"[{LETTER}][‚ƒ„†‡ˆ‰‹•˜›‘¢£¤¥¦§¨¬¯±³´¶·¸¹¼½¾¿¡×÷]",
    rf"[€ƒ…†‡ˆ‰•˜™¢£¤¥¦§¨©¬®¯±²³´µ¶·¸¹º¼½¾×÷][{LETTER}]",
    rf"[{LETTER}][“”«»°ªºµ…][{LOWER}]",
    rf"[{LETTER}][–—][{LOWER}]",
    # An apostrophe inside a word follows an elision, or comes before an English ending.
    (
        rf"(?<![{LETTER}])(?!(?:{ELISIONS})’|[LCJSN]’[{VOWEL}hH])"
        rf"[{LETTER}]+’(?!(?:s|t|d|m|ll|re|ve|n)(?![{LETTER}]))[{LETTER}]"
    ),
    rf"(?<![{LETTER}])[OD]’[{LOWER}]",
    # Letters of Windows-1252 that its own languages hardly use, and others' letters turn into.
    r"[ŠšŽžŸÐðÞþÿÝ]",
    rf"[œŒ](?![uiUIlL])|[{LETTER}]Œ(?![{UPPER}])",
    # Accents one after the other.
    rf"(?!(?:{PAIRS}))[{ACCENTED}][{ACCENTED}]",
    rf"[{ACCENTED}]{{3}}",
    rf"[{LOWER}][À-ÖØ-Þ]",
    # Central European and Turkish letters, by where they stand in a word.
    rf"[ñÑ](?![{LETTER}])|[ñÑ](?![aeiouyáéíóúãAEIOUYÁÉÍÓÚ])",
    rf"æ(?![{LETTER}])|iæ|Æ(?![{LETTER}])",
    r"è[aiouyáéíóúkhqwxjf]|È[aiouyáéíóú]|Èe|èe",
    r"ê(?![tmnscvlrpo])(?=\w)|iê|yê",
    r"õ(?!e)|û(?![trlmne])(?=\w)|ø(?![bdfghjklmnprstvyz])(?=\w)|ã(?![oeng])(?=\w)",
    r"[ùìò](?=\w)|ý(?=\w)",
    r"(?<![aeiouAEIOU])ï|Ï",
    r"å[áéíóúý]",
    # A DOS ß.
    rf"[aeiou]á(?![{LETTER}])",
)
ODD = re.compile("|".join(TRACES))
LINE_END = re.compile(r"\r\n|\r|\n")
CELL = re.compile(r"[^\s,;|\"]*")
LONGEST = 40


def oddity(text: str) -> tuple[int, str] | None:
    """Return the first line that speaks against Windows-1252, with its word; None if none."""
    found = None if text.isascii() else ODD.search(text)
    if found is None:
        return None
    begin = max(text.rfind(sign, 0, found.start() + 1) for sign in ' \t\r\n,;|"') + 1
    word = CELL.match(text, begin, begin + LONGEST)
    return len(LINE_END.findall(text, 0, begin)) + 1, word.group() if word else ""
