"""Wall-clock times in a time zone, on the days on which the clocks change too (Q17).

A time that the clocks leave out is refused, one that comes twice can be told apart by its offset.
Everything that takes such times from people reads them here.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

EXAMPLE = "2027-03-01T15:30"


class NoSuchTime(ValueError):
    """A text that is no time, or none in its zone; its sentence says what would be one."""


@dataclass(frozen=True)
class WallClock:
    """A time as people in its zone write it. ``comes_twice``: the clocks go back over it."""

    text: str
    instant: datetime
    comes_twice: bool
    offset_given: bool


def find_zone(name: str) -> ZoneInfo | None:
    """Return the zone of that IANA name, or None."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return None


def read(text: str, zone: ZoneInfo) -> WallClock:
    """Return the time that a text like ``2027-03-01T15:30`` says in ``zone``.

    Where an hour comes twice an offset tells which, as in ``2027-11-07T01:15-05:00``. Without an
    offset the first of the two is meant. Raises NoSuchTime.
    """
    try:
        written = datetime.fromisoformat(text)
        wall = written.replace(tzinfo=zone, fold=0)
        possible = _possible(wall)
    except (ValueError, OverflowError) as error:
        raise NoSuchTime(f"Not a time: {EXAMPLE}.") from error
    if not possible:
        raise NoSuchTime(_left_out(wall))
    offset = written.utcoffset()
    meant = possible if offset is None else [one for one in possible if one.utcoffset() == offset]
    if not meant:
        raise NoSuchTime(f"{zone.key} has another offset then: {_choice(possible)}.")
    comes_twice = len(possible) == 2
    kept = (
        meant[0].isoformat(timespec="minutes")
        if comes_twice and offset is not None
        else _bare(wall)
    )
    return WallClock(kept, meant[0].astimezone(UTC), comes_twice, offset is not None)


def require_order(start: WallClock, end: WallClock) -> None:
    """Raise NoSuchTime for an end before its start, and say so if the clocks may be why."""
    if end.instant >= start.instant:
        return
    unclear = [one for one in (start, end) if one.comes_twice and not one.offset_given]
    if not unclear:
        raise NoSuchTime("Must not be before the start.")
    raise NoSuchTime(
        "Must not be before the start. The clocks go back over this time, so that it comes twice:"
        " write which one you mean, with its offset, such as 2027-11-07T01:15-05:00."
    )


def _possible(wall: datetime) -> list[datetime]:
    """Return the moments at which clocks there show ``wall``: none, one or two."""
    readings = [wall.replace(fold=fold) for fold in (0, 1)]
    shown = [
        one for one in readings if _bare(one.astimezone(UTC).astimezone(wall.tzinfo)) == _bare(wall)
    ]
    return shown[:1] if len({one.utcoffset() for one in shown}) == 1 else shown


def _left_out(wall: datetime) -> str:
    """Return what the clocks leave out around ``wall``, and how they go on."""
    before, after = (wall.replace(fold=fold).utcoffset() or timedelta() for fold in (0, 1))
    there = wall.replace(tzinfo=None)
    early, late = there - after, there - before  # in UTC: the change is after the one, by the other
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) / 2
        is_changed = middle.replace(tzinfo=UTC).astimezone(wall.tzinfo).utcoffset() == after
        early, late = (early, middle) if is_changed else (middle, late)
    change = (late + timedelta(milliseconds=500)).replace(microsecond=0)
    return (
        f"There is no such time in {wall.tzinfo}: the clocks go forward and leave out"
        f" {_bare(change + before)} to {_bare(change + after)}. The next time is"
        f" {_bare(change + after)}."
    )


def _choice(possible: list[datetime]) -> str:
    return " or ".join(one.isoformat(timespec="minutes") for one in possible)


def _bare(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")
