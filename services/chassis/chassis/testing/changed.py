"""What changed in a checkout, and what its sources and contracts say of who knows whom."""

import ast
import json
import subprocess
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from chassis.testing.affected import House

MAIN = "origin/main"
# The chassis asks it of who hears a service, not of who needs it.
OF_THE_CHASSIS = "list_missing_events"


def files_since(checkout: Path, base: str = "") -> list[str]:
    """Return what differs from ``base``, committed or not; also the old names of what was renamed.

    Without ``base`` it is where this branch left origin's main, or HEAD where there is none.
    Raises CalledProcessError for a base that git does not know.
    """
    base = base or _left_main(checkout)
    differing = _git(checkout, "diff", "--name-only", "--no-renames", "-z", base, "--")
    untracked = _git(checkout, "ls-files", "--others", "--exclude-standard", "-z")
    return sorted(name for name in f"{differing}{untracked}".split("\0") if name)


def _left_main(checkout: Path) -> str:
    try:
        return _git(checkout, "merge-base", "HEAD", MAIN).strip()
    except subprocess.CalledProcessError:
        return "HEAD"


def _git(checkout: Path, *arguments: str) -> str:
    command = ["git", *arguments]
    done = subprocess.run(command, cwd=checkout, check=True, capture_output=True, text=True)
    return done.stdout


def house_of(checkout: Path, folders: Sequence[Path]) -> House:
    """Return what the choice of tests rests on; ``folders`` are those of all suites."""
    suites = [folder.relative_to(checkout).as_posix() for folder in folders]
    files = [file for folder in folders for file in folder.rglob("test_*.py")]
    project: dict[str, Any] = tomllib.loads((checkout / "pyproject.toml").read_text())["tool"]
    rooms: dict[str, list[str]] = project.get("chambers", {}).get("rooms", {})
    return House(
        suites=frozenset(suites),
        tests=frozenset(file.relative_to(checkout).as_posix() for file in files),
        rooms={name: _rooms_above(checkout, name, of) for name, of in rooms.items()},
        consumers={name: _consumers(checkout, name) & rooms.keys() for name in rooms},
        borrowers=_borrowers(checkout, suites),
    )


def _rooms_above(checkout: Path, service: str, rooms: Sequence[str]) -> dict[str, Set[str]]:
    """By room, the rooms that know it, directly or by way of others; ``rooms``: highest first."""
    package = checkout / "services" / service / service
    knows: dict[str, set[str]] = {}
    for room in reversed(rooms):
        named = (name.split(".") for name in _imports(package / room))
        direct = {parts[1] for parts in named if parts[0] == service and len(parts) > 1}
        lower = direct & knows.keys()
        knows[room] = lower.union(*(knows[one] for one in lower))
    return {room: {above for above in knows if room in knows[above]} for room in rooms}


def _imports(folder: Path) -> Iterator[str]:
    """Yield the dotted names that the modules in the folder import, also inside functions."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _consumers(checkout: Path, service: str) -> Set[str]:
    """Return the services that the contract says hear its events or may call it."""
    file = checkout / "services" / service / "asyncapi.json"
    contract: dict[str, Mapping[str, Any]] = json.loads(file.read_text())
    heard = (one.get("x-consumers", ()) for one in contract["channels"].values())
    operations = contract["operations"].items()
    callers = (one.get("x-callers", ()) for name, one in operations if name != OF_THE_CHASSIS)
    calling = {name for names in callers for name in names if name.startswith("service:")}
    hearing = {name.partition(".")[0] for names in heard for name in names}
    return hearing | {name.removeprefix("service:") for name in calling}


def _borrowers(checkout: Path, suites: Sequence[str]) -> Mapping[str, Set[str]]:
    """By suite, the other suites that import what lies in it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for suite in suites:
        for name in _imports(checkout / suite):
            path = name.replace(".", "/")
            for lender in suites:
                if lender != suite and path.startswith(f"{lender}/"):
                    found[lender].add(suite)
    return found
