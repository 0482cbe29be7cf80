"""Times, days and money as a reader writes them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.dates import (
    format_date,
    format_skeleton,
    format_time,
    format_timedelta,
    get_timezone_name,
)
from babel.numbers import (
    NumberFormatError,
    format_currency,
    format_decimal,
    get_currency_precision,
    parse_decimal,
)

from gateway import languages

UTC = "UTC"
LARGEST_AMOUNT = 10**12


@cache
def _known() -> frozenset[str]:
    """Return the names of all zones; finding them reads a folder of hundreds of files."""
    return frozenset(available_timezones())


def zone(name: str) -> ZoneInfo:
    """Return the zone of that name; UTC for one that is not known."""
    return ZoneInfo(name if name in _known() else UTC)


@dataclass(frozen=True)
class Formats:
    """What a template writes of values that services answer as texts and numbers."""

    language: str
    zone: ZoneInfo

    @property
    def _locale(self) -> Locale:
        return languages.locale(self.language)

    def day(self, value: str | date | None) -> str:
        """Return ``5 Mar 2027``; of an instant, the day in the reader's zone."""
        if not value:
            return ""
        return format_date(self._day(value), "medium", locale=self._locale)

    def month(self, value: str) -> str:
        """Return ``March 2027`` of ``2027-03``."""
        return format_skeleton("yMMMM", self._first(value), locale=self._locale)

    def short_month(self, value: str) -> str:
        """Return ``Mar`` of ``2027-03``."""
        return format_skeleton("MMM", self._first(value), locale=self._locale)

    def moment(self, value: str) -> str:
        """Return ``5 Mar 2027, 14:05 CET``: an instant in the reader's zone, with the zone."""
        instant = datetime.fromisoformat(value).astimezone(self.zone)
        name = get_timezone_name(instant, "short", locale=self._locale)
        return f"{self._day_and_time(instant)} {name}"

    def wait(self, seconds: float) -> str:
        """Return ``40 seconds`` or ``5 minutes``, as long as to wait at least."""
        unit = 60 if seconds > 60 else 1
        whole = timedelta(seconds=-(-seconds // unit) * unit)
        return format_timedelta(whole, threshold=1.5, locale=self._locale)

    def wall_clock(self, value: str) -> str:
        """Return ``5 Mar 2027, 14:05``: what clocks at the place itself show."""
        shown = datetime.fromisoformat(value)
        offset = f" {shown.isoformat()[-6:]}" if shown.tzinfo else ""
        return self._day_and_time(shown) + offset

    def money(self, minor: int, currency: str) -> str:
        """Return ``£1,234.50`` of an amount in the currency's smallest unit."""
        amount = Decimal(minor).scaleb(-get_currency_precision(currency))
        return format_currency(amount, currency, locale=self._locale)

    def amount(self, minor: int, currency: str) -> str:
        """Return ``1234.50``, as ``minor`` reads it."""
        digits = get_currency_precision(currency)
        form = "0." + "0" * digits if digits else "0"
        return format_decimal(Decimal(minor).scaleb(-digits), form, locale=self._locale)

    def minor(self, text: str, currency: str) -> int | None:
        """Return how many of the currency's smallest unit a written amount is; None for no such."""
        try:
            written = parse_decimal(text, locale=self._locale, strict=True)
        except NumberFormatError:
            return None
        if not written.is_finite() or abs(written) >= LARGEST_AMOUNT:
            return None
        minor = written.scaleb(get_currency_precision(currency))
        return int(minor) if minor == int(minor) else None

    def number(self, value: Any) -> str:
        """Return ``1,234``."""
        return format_decimal(value, locale=self._locale)

    def _day_and_time(self, shown: datetime) -> str:
        day = format_date(shown, "medium", locale=self._locale)
        return f"{day}, {format_time(shown.time(), 'short', locale=self._locale)}"

    def _first(self, month: str) -> datetime:
        return datetime.fromisoformat(f"{month}-01")

    def _day(self, value: str | date) -> date:
        if not isinstance(value, str):
            return value
        if len(value) == len("2027-03-05"):
            return date.fromisoformat(value)
        return datetime.fromisoformat(value).astimezone(self.zone).date()
