"""A license's year, and when its end is announced."""

from datetime import date, datetime, timedelta

WARNED = (30, 7, 1)  # days before the end


def one_year_after(day: date) -> date:
    """Return the same day next year; a 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def is_near(days_left: int) -> bool:
    """Return whether an end so many days away is to be announced at all."""
    return days_left <= max(WARNED)


def next_warning(last_day: date | None, after: date) -> date | None:
    """Return the next day, later than ``after``, on which to announce the end; None for no more."""
    if last_day is None:
        return None
    days = (last_day - timedelta(days=warned) for warned in WARNED)
    return next((day for day in days if day > after), None)


def next_reminder(end: datetime, after: datetime) -> datetime | None:
    """Return the next instant, later than ``after``, at which an invitation's end is announced."""
    instants = (end - timedelta(days=warned) for warned in WARNED)
    return next((instant for instant in instants if instant > after), None)
