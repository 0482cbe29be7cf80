import copy

import pytest

from chassis.contracts.asyncapi import document
from chassis.contracts.compatibility import broken
from services.chassis.tests.rooms import ROOMS_THAT_SPEAK

BEFORE = document(ROOMS_THAT_SPEAK, {})


def changed(*path, to=None):
    """The contract with the value at ``path`` replaced, or taken out."""
    after = copy.deepcopy(BEFORE)
    here = after
    for part in path[:-1]:
        here = here[part]
    if to is None:
        del here[path[-1]]
    else:
        here[path[-1]] = to
    return after


def shape(name, *path):
    return ("components", "schemas", name, *path)


def test_the_same_contract_breaks_nothing():
    assert broken(BEFORE, BEFORE) == []


@pytest.mark.parametrize(
    "after",
    [
        changed(*shape("OpenRoom", "properties", "color"), to={"type": "string"}),
        changed(*shape("Room", "properties", "color"), to={"type": "string"}),
        changed(*shape("room_opened.v1", "properties", "color"), to={"type": "string"}),
        changed(*shape("OpenRoom", "required"), to=[]),
        changed("operations", "open_room", "x-callers", to=["client", "professional"]),
        changed("operations", "open_room", "x-callers", to=["public"]),
    ],
)
def test_gaining_optional_fields_and_callers_breaks_nothing(after):
    assert broken(BEFORE, after) == []


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        (changed("operations", "open_room"), "open_room is gone"),
        (changed("operations", "open_room", "x-callers", to=["client"]), "no longer admits prof"),
        (changed(*shape("OpenRoom", "properties", "name")), "request.name is gone"),
        (
            changed(*shape("OpenRoom", "properties", "name"), to={"type": "integer"}),
            "request.name may be string, is read as integer",
        ),
        (changed(*shape("room_opened.v1")), "room_opened.v1 is no longer said"),
        (changed(*shape("room_opened.v1", "properties", "name")), "data.name is not promised"),
        (
            changed(*shape("room_opened.v1", "properties", "mood", "enum"), to=["calm", "odd"]),
            "data.mood may be more than",
        ),
    ],
)
def test_what_was_promised_and_no_longer_is_gets_named(after, sentence):
    assert any(sentence in problem for problem in broken(BEFORE, after))


def test_a_new_required_field_would_refuse_old_callers():
    after = changed(*shape("OpenRoom", "required"), to=["name", "color"])
    after["components"]["schemas"]["OpenRoom"]["properties"]["color"] = {"type": "string"}

    assert broken(BEFORE, after) == ["open_room: request.color is not promised"]


def test_a_reply_keeps_its_fields():
    assert "open_room: reply.room_id is gone" in broken(
        BEFORE, changed(*shape("Room", "properties", "room_id"))
    )
