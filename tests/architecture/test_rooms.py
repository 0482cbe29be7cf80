"""Rooms by noun: which there are, what kind each file is, and what it may know (decision 0047).

The order of a service's rooms stands in the root pyproject.toml, the highest first. The last word
of a file's name says its kind; whatever says none is rules.
"""

import tomllib

import pytest

from tests.architecture.purity import OF_THE_CHASSIS, is_pure, is_within, offences, top
from tests.architecture.sources import ROOT, imports, package_files, place

CHAMBERS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["chambers"]
ROOMS: dict[str, list[str]] = CHAMBERS["rooms"]
# Rules that rest on a library, which computes: it neither waits nor reaches outside.
COMPUTED_BY: dict[str, list[str]] = CHAMBERS.get("computed_by", {})
ROOM_LINES = 1_800

# Of which kinds a file of each kind may know others, in its own room and in lower ones.
_STORED = {"rules", "tables", "storage"}
_DONE = _STORED | {"schemas", "settings", "acts"}
KNOWS = {
    "rules": {"rules"},
    "schemas": {"rules", "schemas"},
    "tables": {"rules", "tables"},
    "storage": _STORED,
    "acts": _DONE,
    "transport": {"rules", "transport"},
    "before": _DONE | {"transport", "before"},
    "messages": _DONE | {"transport", "before", "messages"},
}
# What lies beside the rooms: below them all, but for the service, which nobody knows.
BESIDE = {
    "__init__": set(),
    "service": {*KNOWS, "settings"},
    "settings": {"settings"},
    "tables": {"tables"},
    "schemas": {"schemas"},
}

services = pytest.mark.parametrize("service", ROOMS)


def folder(service):
    return ROOT / "services" / service / service


def parts_of(service, path):
    return path.relative_to(folder(service)).with_suffix("").parts


def room_of(parts):
    return parts[0] if len(parts) > 1 else None


def kind_of(parts):
    """What a module is, by the last word of its name."""
    if room_of(parts) is None:
        return parts[0]
    word = parts[-1].rpartition("_")[2]
    return word if word in KNOWS else "rules"


def floor_of(service, parts):
    """How high it lies; what is beside the rooms lies below them."""
    room = room_of(parts)
    return 0 if room is None else len(ROOMS[service]) - ROOMS[service].index(room)


def module_of(service, name):
    """The parts of the module of its own that ``name`` lies in; None for a folder."""
    parts = tuple(name.split(".")[1:])
    for size in range(len(parts), 0, -1):
        if folder(service).joinpath(*parts[:size]).with_suffix(".py").exists():
            return parts[:size]
    return None


def in_rooms(service):
    """The modules of all rooms; their ``__init__`` is empty."""
    for path in package_files(service):
        if room_of(parts_of(service, path)) in ROOMS[service] and path.stem != "__init__":
            yield path


def known(service):
    """Each import of a module of its own: where, by what, and of what."""
    for path in package_files(service):
        for name in imports(path):
            if top(name) == service:
                said = f"{place(path)} imports {name}"
                yield said, parts_of(service, path), module_of(service, name)


@services
def test_rooms_are_what_is_declared_and_nothing_lies_beside_them(service):
    found = [parts_of(service, path) for path in package_files(service)]

    assert sorted({room for parts in found if (room := room_of(parts))}) == sorted(ROOMS[service])
    assert {parts[0] for parts in found if room_of(parts) is None} <= BESIDE.keys()


@services
def test_imports_name_modules(service):
    assert [said for said, _, target in known(service) if target is None] == []


@services
def test_a_room_knows_only_lower_rooms(service):
    upwards = [
        said
        for said, own, target in known(service)
        if target and own != ("service",) and floor_of(service, target) > floor_of(service, own)
    ]

    assert upwards == []


@services
def test_a_file_knows_only_what_its_kind_may(service):
    wrong = [
        f"{said}: {kind_of(own)} know no {kind_of(target)}"
        for said, own, target in known(service)
        if target and kind_of(target) not in (KNOWS if room_of(own) else BESIDE)[kind_of(own)]
    ]

    assert wrong == []


@services
def test_rules_rest_on_the_standard_library_errors_and_rules(service):
    impure = []
    for path in in_rooms(service):
        parts = parts_of(service, path)
        own = (*OF_THE_CHASSIS, service, *COMPUTED_BY.get(".".join((service, *parts)), ()))
        if kind_of(parts) == "rules":
            impure += offences(
                [path], lambda name, own=own: not (is_pure(name) or is_within(name, own))
            )

    assert impure == []


@services
def test_a_room_re_exports_nothing(service):
    lists = [path for path in package_files(service) if path.stem == "__init__"]
    of_rooms = [path for path in lists if room_of(parts_of(service, path))]

    assert len(of_rooms) >= len(ROOMS[service])
    assert [place(path) for path in of_rooms if path.read_text().strip()] == []


@services
def test_no_room_is_over_1800_lines(service):
    lines = dict.fromkeys(ROOMS[service], 0)
    for path in in_rooms(service):
        lines[parts_of(service, path)[0]] += len(path.read_text().splitlines())

    assert {room: count for room, count in lines.items() if count > ROOM_LINES} == {}
