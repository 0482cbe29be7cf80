"""What an entry of each section holds, checked field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from clients.entries import wall_clock
from clients.entries.errors import InvalidEntry
from clients.entries.events import FieldChange, Section

Content = dict[str, Any]  # plain JSON: texts, and whole numbers for money
Problems = dict[str, list[str]]
LONGEST_IN_EVENTS = 200


@dataclass(frozen=True)
class Shape:
    """The fields that an entry of a section must have, and those it may have beside them."""

    needed: tuple[str, ...]
    possible: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """All of them, in the order in which they are shown."""
        return (*self.needed, *self.possible)


_WHEN = ("starts_at", "ends_at", "time_zone")
SHAPES = {
    Section.CALENDAR: Shape(("title", *_WHEN), ("location", "text")),
    Section.ACTIVITIES: Shape(("title",), ("child_name", *_WHEN, "location", "text")),
    Section.MESSAGES: Shape(("title", "text")),
    Section.EXPENSES: Shape(("title", "amount", "currency"), ("day", "child_name", "text")),
    Section.CHILD_INFO: Shape(("title", "child_name", "text")),
    Section.PARENTING_PLAN: Shape(("title", "text"), ("day",)),
    Section.CUSTODY_SCHEDULE: Shape(
        ("title", "text", "starts_on"), ("ends_on", "child_name", "time_zone")
    ),
    Section.JOURNAL: Shape(("title", "text", "day")),
}


def write_content(
    section: Section, fields: Mapping[str, Any], onto: Content | None = None
) -> Content:
    """Return ``onto`` (or nothing) with the given fields put in; absent stays, None is taken out.

    Raises InvalidEntry, which names every field that cannot be kept.
    """
    shape, given = SHAPES[section], {name: plain(value) for name, value in fields.items()}
    merged = {**(onto or {}), **given}
    content = {name: merged[name] for name in shape.fields if merged.get(name) not in (None, "")}
    problems: Problems = {
        name: [f"The section {section} has no such field."]
        for name, value in given.items()
        if name not in shape.fields and value is not None
    }
    problems |= {name: ["Needed."] for name in shape.needed if name not in content}
    if any(content.get(name) != (onto or {}).get(name) for name in _WHEN):
        _check_times(content, problems)
    _check_days(content, problems)
    if problems:
        named = {f"content.{name}": texts for name, texts in problems.items()}
        raise InvalidEntry("the entry cannot be kept like this", fields=named)
    return content


def changes(old: Content, new: Content, section: Section) -> list[FieldChange]:
    """Return what differs, field by field, in full and as text."""
    return [
        FieldChange(name, _text(old.get(name)), _text(new.get(name)))
        for name in SHAPES[section].fields
        if old.get(name) != new.get(name)
    ]


def shortened(change: FieldChange) -> FieldChange:
    """Return the change as it travels in an event: no value longer than 200 characters."""
    return FieldChange(change.field, _short(change.old), _short(change.new))


def plain(value: Any) -> Any:
    """Return the value as it is kept: a day as 2027-03-01."""
    return value.isoformat() if isinstance(value, date) else value


def _check_times(content: Content, problems: Problems) -> None:
    """Check wall-clock times in a zone (Q17): both or neither, and the end not before the start."""
    times = {name: content[name] for name in ("starts_at", "ends_at") if name in content}
    if times and "time_zone" not in content:
        problems.setdefault("time_zone", ["Needed with a time."])
    if "ends_at" in times and "starts_at" not in times:
        problems.setdefault("starts_at", ["Needed with an end."])
    zone = _zone(content.get("time_zone"), problems)
    if zone is None:
        return
    read = {name: _time(name, text, zone, problems) for name, text in times.items()}
    content |= {name: time.text for name, time in read.items() if time}
    start, end = read.get("starts_at"), read.get("ends_at")
    if start and end:
        try:
            wall_clock.require_order(start, end)
        except wall_clock.NoSuchTime as refusal:
            problems.setdefault("ends_at", [str(refusal)])


def _check_days(content: Content, problems: Problems) -> None:
    if "ends_on" in content and content["ends_on"] < content.get("starts_on", ""):
        problems.setdefault("ends_on", ["Must not be before the start."])


def _zone(name: str | None, problems: Problems) -> ZoneInfo | None:
    zone = None if name is None else wall_clock.find_zone(name)
    if name is not None and zone is None:
        problems["time_zone"] = ["Not a time zone: Europe/Berlin, America/New_York, …"]
    return zone


def _time(name: str, text: str, zone: ZoneInfo, problems: Problems) -> wall_clock.WallClock | None:
    try:
        return wall_clock.read(text, zone)
    except wall_clock.NoSuchTime as refusal:
        problems[name] = [str(refusal)]
        return None


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _short(text: str | None) -> str | None:
    if text is None or len(text) <= LONGEST_IN_EVENTS:
        return text
    return text[: LONGEST_IN_EVENTS - 1] + "…"
