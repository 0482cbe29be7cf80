"""What people wrote, made safe for the places it goes; and facts put into words."""

import re
from datetime import UTC, datetime

from chassis import names

# What mail programs make links of, each as the place to break and the sign that does it. Full-width
# and ideographic signs count: a browser takes them for what they look like.
_HIDDEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff"
_DOTS, _ATS = ".\u3002\uff0e\uff61\u2024\ufe52", "@\uff20\ufe6b"
_SCHEMES = (
    "callto|data|facetime|file|ftp|geo|javascript|magnet|mailto|news|nntp|sips?|skype|sms|spotify"
    "|ssh|tel|tg|view-source|webcal|whatsapp|xmpp"
)
_DOMAIN = rf"(?=[{_HIDDEN}]*[^\W\d_][{_HIDDEN}]*[\w-])"  # behind a dot: how a last label begins
_BREAKS = (
    (re.compile(r"[:\uff1a](?=[/\\\uff0f]{2})"), "[:]"),  # https://, file:\\
    (re.compile(rf"(?<![^\W_])({_SCHEMES})[:\uff1a](?=\S)", re.I), r"\1[:]"),
    (re.compile(r"(?<!\\)\\\\(?=[^\s\\\]])"), r"[\\\\]"),  # \\server\share
    (re.compile(rf"(?<=\S)[{_ATS}](?=\S)"), "[at]"),
    (re.compile(rf"(?<=[^\s{_DOTS}])[{_DOTS}]{_DOMAIN}"), "[.]"),  # evil.example
    (re.compile(rf"(?<![^\W_])(www\d*|ftp)[{_DOTS}](?=\w)", re.I), r"\1[.]"),
    (re.compile(rf"(?<=\d)[{_DOTS}](?=\d+[{_DOTS}]\d+[{_DOTS}]\d)"), "[.]"),  # 192.0.2.1
)

# ISO 4217 currencies whose minor unit is not a hundredth.
_WHOLE = frozenset(
    [
        *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG"),
        *("RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"),
    ]
)
_THOUSANDTHS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])

# Not strftime's names: those follow the machine's language.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def one_line(text: str) -> str:
    """Return ``text`` without line breaks, control and direction characters: fit for a header.

    A line break in a name would otherwise begin a header of its own. A name of which nothing can
    be seen is "(no name)".
    """
    return names.shown(text)


def unlinked(text: str) -> str:
    """Return ``text`` with nothing in it that a mail program would make a link of.

    It stays readable: ``www.evil.example/x`` becomes ``www[.]evil[.]example/x``, ``a@b.example``
    becomes ``a[at]b[.]example``. Signs that cannot be seen would do as well, but readers should see
    that something was broken, and mail filters take such signs for a trick.
    """
    for place, broken in _BREAKS:
        text = place.sub(broken, text)
    return text


def shown(text: str) -> str:
    """Return somebody's ``text`` on one line, as mails show it: ``one_line`` and ``unlinked``."""
    return unlinked(one_line(text))


def lines(text: str) -> list[str]:
    """Return the lines of ``text`` as written, each safe on its own and ``unlinked``."""
    return [unlinked(names.shown_line(line)) for line in text.strip().splitlines()]


def amount(minor: int, currency: str) -> str:
    """Return ``127500, "EUR"`` as ``1,275.00 EUR``: minor units as people write them."""
    decimals = 0 if currency in _WHOLE else 3 if currency in _THOUSANDTHS else 2
    whole, rest = divmod(abs(minor), 10**decimals)
    fraction = f".{rest:0{decimals}d}" if decimals else ""
    return f"{'-' if minor < 0 else ''}{whole:,}{fraction} {currency}"


def day(moment: datetime) -> str:
    """Return a day as ``6 December 2026``, in UTC, as no reader's zone is known here.

    For the date of a paper only. A day on which something ends is over elsewhere at another
    moment: say ``day_and_time``, or ``end_of_day``.
    """
    moment = moment.astimezone(UTC)
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def month(written: str) -> str:
    """Return ``2027-03`` as ``March 2027``."""
    year, number = written.split("-")
    return f"{_MONTHS[int(number) - 1]} {year}"


def day_and_time(moment: datetime) -> str:
    """Return an instant as ``6 December 2026, 14:05 UTC``."""
    return f"{day(moment)}, {moment.astimezone(UTC):%H:%M} UTC"


def end_of_day(last: datetime) -> str:
    """Return when the last day of something is over: ``6 December 2026, 24:00 UTC``."""
    return f"{day(last)}, 24:00 UTC"
