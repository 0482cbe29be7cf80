"""What is said of shared entries by a code, in words; and which section has which fields."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gateway.formats import Formats
from gateway.words import N_

SECTIONS: Mapping[str, str] = {
    "calendar": N_("Calendar"),
    "activities": N_("Activities"),
    "messages": N_("Messages"),
    "expenses": N_("Expenses"),
    "child_info": N_("About the child"),
    "parenting_plan": N_("Parenting plan"),
    "custody_schedule": N_("Custody schedule"),
    "journal": N_("Journal"),
}
FIELDS: Mapping[str, str] = {
    "title": N_("Title"),
    "child_name": N_("Child"),
    "starts_at": N_("Begins"),
    "ends_at": N_("Ends"),
    "time_zone": N_("Time zone"),
    "location": N_("Place"),
    "amount": N_("Amount"),
    "currency": N_("Currency"),
    "day": N_("Day"),
    "starts_on": N_("From"),
    "ends_on": N_("Until"),
    "text": N_("Text"),
}
MINOR_AMOUNT = N_("Amount, in the currency's smallest unit")
ACTIONS: Mapping[str, str] = {
    "created": N_("Added"),
    "changed": N_("Changed"),
    "deleted": N_("Deleted"),
}
SIDES: Mapping[str, str] = {"firm": N_("of the firm"), "client": N_("of the client's side")}
YOUR_SIDE = N_("of your side")
_WHEN = ("starts_at", "ends_at", "time_zone")
# What an entry needs, and what it may have beside that: as clients judges it.
SHAPES: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "calendar": (("title", *_WHEN), ("location", "text")),
    "activities": (("title",), ("child_name", *_WHEN, "location", "text")),
    "messages": (("title", "text"), ()),
    "expenses": (("title", "amount", "currency"), ("day", "child_name", "text")),
    "child_info": (("title", "child_name", "text"), ()),
    "parenting_plan": (("title", "text"), ("day",)),
    "custody_schedule": (("title", "text", "starts_on"), ("ends_on", "child_name", "time_zone")),
    "journal": (("title", "text", "day"), ()),
}


def whose(reader: str | None, side: str) -> str:
    """Return whose side wrote something, to a reader of that kind."""
    return YOUR_SIDE if reader == side == "client" else SIDES[side]


def fields(section: str) -> list[tuple[str, bool]]:
    """Return the fields of a section in the order of a form, and whether each is needed."""
    needed, possible = SHAPES[section]
    return [(name, name in needed) for name in FIELDS if name in (*needed, *possible)]


def shown(formats: Formats, name: str, value: Any, content: Mapping[str, Any]) -> str:
    """Return a field's value as a reader writes it; ``content`` says what it is an amount of."""
    if value in (None, ""):
        return ""
    if name in ("starts_at", "ends_at"):
        return formats.wall_clock(str(value))
    if name in ("day", "starts_on", "ends_on"):
        return formats.day(str(value))
    if name == "amount" and content.get("currency"):
        return formats.money(int(value), str(content["currency"]))
    return str(value)


def differences(
    formats: Formats, changes: Iterable[Mapping[str, Any]], content: Mapping[str, Any]
) -> list[tuple[str, str, str]]:
    """Return the name of each changed field, and what it said before and after.

    ``content`` is what the entry says since; where that is not known, amounts may have no currency.
    """
    changed = list(changes)
    currency = content.get("currency")
    moved = next((one for one in changed if one["field"] == "currency"), None)
    before, after = (moved["old"], moved["new"]) if moved else (currency, currency)
    return [
        (
            FIELDS[one["field"]] if one["field"] != "amount" or after else MINOR_AMOUNT,
            shown(formats, one["field"], one["old"], {"currency": before}),
            shown(formats, one["field"], one["new"], {"currency": after}),
        )
        for one in changed
    ]


def summary(formats: Formats, content: Mapping[str, Any]) -> str:
    """Return what a list says of an entry beside its title: the amount, when, who, where."""
    names = ("amount", "starts_at", "day", "starts_on", "child_name", "location")
    return " · ".join(
        shown(formats, name, content[name], content) for name in names if name in content
    )
