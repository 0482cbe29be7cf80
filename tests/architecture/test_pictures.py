"""The pictures of rooms in docs/architecture.md are what the imports say.

``CHAMBERS_WRITE_PICTURES=1`` with this test draws them anew.
"""

import os
import re

import pytest

from tests.architecture.rooms import ROOMS, known, room_of
from tests.architecture.sources import ROOT

PAGE = ROOT / "docs" / "architecture.md"
DRAWN = re.compile(r"(<!-- rooms: [^\n]* -->\n).*?(<!-- end of rooms -->)", re.DOTALL)


def arrows(service):
    """Which room knows which, without what follows from others."""
    below = {room: set() for room in ROOMS[service]}
    for _, own, target in known(service):
        if target and (room := room_of(own)) and room_of(target) not in (None, room):
            below[room].add(room_of(target))
    return {
        (room, lower)
        for room, lowers in below.items()
        for lower in lowers
        if not any(lower in reached(below, other) for other in lowers - {lower})
    }


def reached(below, room):
    return below[room].union(*(reached(below, lower) for lower in below[room]))


def picture(service):
    rooms = [f"    {room}" for room in ROOMS[service]]
    lines = [f"    {room} --> {lower}" for room, lower in sorted(arrows(service))]
    return "\n".join(
        [f"### {service}", "", "```mermaid", "flowchart TD", *rooms, *lines, "```", ""]
    )


def test_an_arrow_that_follows_from_others_is_not_drawn():
    below = {"a": {"b", "c"}, "b": {"c"}, "c": set()}

    assert reached(below, "a") == {"b", "c"}
    assert reached(below, "c") == set()


@pytest.mark.parametrize("service", ROOMS)
def test_every_room_knows_or_is_known(service):
    drawn = {room for arrow in arrows(service) for room in arrow}

    assert drawn == set(ROOMS[service])


def test_the_page_shows_the_rooms_as_they_are():
    page = PAGE.read_text()
    pictures = "\n" + "\n".join(picture(service) for service in sorted(ROOMS)) + "\n"
    drawn = DRAWN.sub(lambda found: found[1] + pictures + found[2], page)
    if os.environ.get("CHAMBERS_WRITE_PICTURES"):
        PAGE.write_text(drawn)

    assert PAGE.read_text() == drawn
    assert pictures in drawn
