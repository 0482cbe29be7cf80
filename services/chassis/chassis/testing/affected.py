"""Which tests a change concerns: rules on names of files, which read nothing themselves."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import PurePosixPath

Choice = tuple[str, str]
"""What to run, and why."""

# Everything stands on these: the chassis, and how tests and packages are set up.
FOUNDATIONS = ("services/chassis/", "requirements/", "conftest.py", "pyproject.toml",
               "tests/__init__.py", "tests/support/")  # fmt: skip
# Whatever a service does, these look at it from outside.
FROM_OUTSIDE = {
    "tests/architecture": "it reads all sources",
    "tests/contracts": "it compares what services promise",
    "tests/journeys": "it goes through all services",
}
# What a message takes and what it answers.
SHAPES = ("messages", "schemas")
ABOUT_DOCUMENTS = {"tests/docs": "documents are checked there"}
ABOUT_DEPLOYMENT = {
    **ABOUT_DOCUMENTS,
    "tests/setup": "it starts from a fresh checkout",
    "tests/journeys": "it runs the demo",
    "services/onboarding/tests": "it takes in the demo's practice",
}


@dataclass(frozen=True)
class House:
    """What the choice rests on; paths are relative to the checkout."""

    suites: Set[str]
    """The folders of tests, as ``services/groups/tests``."""
    tests: Set[str]
    """The files of tests in them."""
    rooms: Mapping[str, Mapping[str, Set[str]]]
    """By service and room, the rooms that know it, directly or not."""
    consumers: Mapping[str, Set[str]]
    """By service, those that hear its events or call it."""
    borrowers: Mapping[str, Set[str]]
    """By suite, the other suites that import what lies in it."""


def choose(changed: Iterable[str], house: House) -> dict[str, str]:
    """Return what to run for these changed files, and why: suites, rooms or files of tests, sorted.

    A file that no rule knows chooses everything.
    """
    reasons: dict[str, str] = {}
    for path in sorted(changed):
        for chosen, reason in _of_file(path, house):
            reasons.setdefault(chosen, f"{reason} ({path})")
    return {chosen: reasons[chosen] for chosen in sorted(reasons) if not _within(chosen, reasons)}


def _within(chosen: str, others: Iterable[str]) -> bool:
    """Return whether another of those chosen has it in it."""
    return any(chosen.startswith(f"{other}/") for other in others)


def _of_file(path: str, house: House) -> Iterator[Choice]:
    suite = next((one for one in house.suites if path.startswith(f"{one}/")), None)
    if path.endswith(".md") or path.startswith("docs/"):
        return _of_document(path)
    if suite is not None:
        return _of_test(path, suite, house)
    if path.startswith(FOUNDATIONS):
        return _all(house, "everything stands on it")
    return _OF_FOLDER[path.partition("/")[0]](path, house)


def _of_document(path: str) -> Iterator[Choice]:
    yield from ABOUT_DOCUMENTS.items()
    if path.startswith("services/"):
        yield "tests/contracts", "a service's document lists what it refuses"


def _of_test(path: str, suite: str, house: House) -> Iterator[Choice]:
    """Yield a file of tests itself, or all that may use what lies beside the tests."""
    yield "tests/architecture", FROM_OUTSIDE["tests/architecture"]
    if path in house.tests:
        yield path, "it changed"
        return
    for user in sorted({suite, *house.borrowers.get(suite, ())}):
        yield user, "its tests may use it"


def _of_service(path: str, house: House) -> Iterator[Choice]:
    """Yield what a room concerns: the rooms that know it, what lies beside these, consumers."""
    _, service, *inside = path.split("/")
    suite = f"services/{service}/tests"
    if suite not in house.suites:
        yield from _all(house, "it is of no service with tests")
        return
    rooms = house.rooms.get(service, {})
    room = inside[1] if len(inside) > 2 and inside[0] == service else ""
    if room in rooms:
        yield from _of_room(suite, room, rooms[room], house)
    else:
        yield suite, "all of the service knows it"
    for consumer in sorted(house.consumers.get(service, ())):
        yield f"services/{consumer}/tests", f"it hears or calls {service}"
    yield from FROM_OUTSIDE.items()
    if PurePosixPath(path).stem.rpartition("_")[2] in SHAPES:
        yield "tests/badinput", "what a message takes may have changed"


def _of_room(suite: str, room: str, above: Set[str], house: House) -> Iterator[Choice]:
    for test in sorted(one for one in house.tests if one.startswith(f"{suite}/")):
        folder, _, name = test.removeprefix(f"{suite}/").partition("/")
        if not name:
            yield test, f"it lies beside the rooms of {suite}"
        elif folder == room or folder in above:
            yield f"{suite}/{folder}", "it is that room" if folder == room else f"it knows {room}"


def _of_deployment(_path: str, _house: House) -> Iterator[Choice]:
    yield from ABOUT_DEPLOYMENT.items()


def _of_unknown(_path: str, house: House) -> Iterator[Choice]:
    return _all(house, "no rule knows what it concerns")


def _all(house: House, reason: str) -> Iterator[Choice]:
    return ((suite, reason) for suite in house.suites)


_OF_FOLDER: Mapping[str, Callable[[str, House], Iterator[Choice]]] = defaultdict(
    lambda: _of_unknown,
    {"services": _of_service, "deploy": _of_deployment, "chambers": _of_deployment},
)
