"""Rooms by noun: which there are, what kind each file is, and what it may know (decision 0047).

The order of a service's rooms stands in the root pyproject.toml, the highest first. The last word
of a file's name says its kind; whatever says none is rules.
"""

import tomllib

from tests.architecture.purity import top
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
