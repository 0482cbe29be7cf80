"""How long a year is, so that subscriptions and licenses agree on it."""

from datetime import date


def one_year_after(day: date) -> date:
    """Return the same day next year; a 29 February becomes the 28th (S1-16, Q3)."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
