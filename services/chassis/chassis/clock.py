"""The time, from one place, so that tests and the demo can live through a year."""

from datetime import UTC, datetime, timedelta

_offset = timedelta()


def now() -> datetime:
    """Return the present instant, in UTC."""
    return machine() + _offset


def machine() -> datetime:
    """Return what the machine's own clock says, in UTC."""
    return datetime.now(UTC)


def advance(step: timedelta) -> None:
    """Let ``step`` pass for everything in this process."""
    global _offset
    _offset += step


def reset() -> None:
    """Return to the machine's own time."""
    global _offset
    _offset = timedelta()
