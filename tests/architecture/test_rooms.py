"""Rooms are what is declared, and know only what they may (decision 0047)."""

import pytest

from tests.architecture.purity import OF_THE_CHASSIS, is_pure, is_within, offences
from tests.architecture.rooms import (
    BESIDE,
    COMPUTED_BY,
    KNOWS,
    ROOM_LINES,
    ROOMS,
    floor_of,
    in_rooms,
    kind_of,
    known,
    parts_of,
    room_of,
)
from tests.architecture.sources import SERVICES, package_files, place

services = pytest.mark.parametrize("service", ROOMS)


def test_every_service_lies_in_rooms():
    assert sorted(ROOMS) == SERVICES


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
