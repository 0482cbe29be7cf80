"""Doors: services without a database and without messages, which open the others to the outside."""

from collections.abc import Iterable
from functools import cache
from importlib.metadata import EntryPoint, entry_points

GROUP = "chambers.doors"


@cache
def points() -> dict[str, EntryPoint]:
    """Return where each installed door is found, by name."""
    return {point.name: point for point in entry_points(group=GROUP)}


def installed_doors() -> list[str]:
    """Return the names of the doors installed beside the chassis, sorted."""
    return sorted(points())


def services_among(names: Iterable[str]) -> list[str]:
    """Return those of the names that are no door: they have a database, and queues of their own."""
    return [name for name in names if name not in points()]
