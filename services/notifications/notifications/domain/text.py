"""What people wrote, made safe for the places it goes; and facts put into words."""

from datetime import UTC, datetime

from chassis import names

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
    """``text`` without line breaks, control and direction characters: fit for a header.

    A line break in a name would otherwise begin a header of its own. A name of which nothing can
    be seen is "(no name)".
    """
    return names.shown(text)


def lines(text: str) -> list[str]:
    """The lines of ``text`` as written, each safe on its own."""
    return [names.shown_line(line) for line in text.strip().splitlines()]


def amount(minor: int, currency: str) -> str:
    """``127500, "EUR"`` as ``1,275.00 EUR``: minor units as people write them."""
    decimals = 0 if currency in _WHOLE else 3 if currency in _THOUSANDTHS else 2
    whole, rest = divmod(abs(minor), 10**decimals)
    fraction = f".{rest:0{decimals}d}" if decimals else ""
    return f"{'-' if minor < 0 else ''}{whole:,}{fraction} {currency}"


def day(moment: datetime) -> str:
    """``6 December 2026``, in UTC, as no reader's zone is known here."""
    moment = moment.astimezone(UTC)
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def month(written: str) -> str:
    """``2027-03`` as ``March 2027``."""
    year, number = written.split("-")
    return f"{_MONTHS[int(number) - 1]} {year}"


def day_and_time(moment: datetime) -> str:
    """``6 December 2026, 14:05 UTC``."""
    return f"{day(moment)}, {moment.astimezone(UTC):%H:%M} UTC"
