from typing import Literal

import pytest

from chassis.contracts import shapes
from chassis.contracts.asyncapi import document
from chassis.contracts.broker import definitions
from chassis.contracts.files import consumers, stale, write
from chassis.contracts.message_map import message_map
from chassis.contracts.reading import ServiceSource, read
from services.chassis.tests.rooms import (
    BOTH,
    GUESTS,
    ROOMS_THAT_SPEAK,
    Mood,
    OpenRoom,
    RoomNeeded,
    RoomOpened,
    a_call,
)


def test_an_event_is_described_by_its_annotations():
    shape = shapes.of_dataclass(RoomOpened)

    assert shape["required"] == ["room_id", "name", "opened_at", "closes_on", "mood", "desks"]
    assert shape["properties"]["room_id"] == {"type": "string", "format": "uuid"}
    assert shape["properties"]["closes_on"] == {"type": ["string", "null"], "format": "date"}
    assert shape["properties"]["mood"] == {"type": "string", "enum": ["calm", "busy"]}
    assert shape["properties"]["desks"]["items"]["properties"]["drawers"]["type"] == "array"


@pytest.mark.parametrize(
    ("hint", "shape"),
    [
        (Literal["a", "b"], {"type": "string", "enum": ["a", "b"]}),
        (Mood | None, {"type": ["string", "null"], "enum": ["calm", "busy", None]}),
        (dict[str, int], {"type": "object", "additionalProperties": {"type": "integer"}}),
        (tuple[int, ...], {"type": "array", "items": {"type": "integer"}}),
    ],
)
def test_types_of_event_fields_have_a_shape(hint, shape):
    assert shapes.of_type(hint) == shape


@pytest.mark.parametrize("hint", [complex, int | str, set[int]])
def test_other_types_are_refused(hint):
    with pytest.raises(TypeError):
        shapes.of_type(hint)


def test_a_request_refuses_what_it_does_not_name_and_an_event_does_not():
    assert shapes.of_schema(OpenRoom())["additionalProperties"] is False
    assert shapes.of_schema(RoomNeeded()).get("additionalProperties", True) is True


def test_the_contract_says_what_is_answered_by_whom_and_how():
    contract = document(ROOMS_THAT_SPEAK, {"room_opened.v1": ["guests.on_room_opened"]})

    opening = contract["operations"]["open_room"]
    assert (opening["x-kind"], opening["x-callers"]) == ("command", ["professional"])
    assert opening["summary"] == "Open a room."
    assert contract["channels"]["open_room"]["address"] == "rooms.open_room"
    assert contract["components"]["schemas"]["OpenRoom"]["required"] == ["name"]
    assert contract["operations"]["get_room"]["x-callers"] == ["public", "service:guests"]
    assert contract["info"]["description"] == "Owns rooms.\n\nAll of them."
    assert contract["x-jobs"] == {"clean_rooms": {"every_seconds": 5, "description": "Clean."}}


def test_the_contract_names_who_hears_each_event():
    said = document(ROOMS_THAT_SPEAK, consumers(BOTH)["rooms"])["channels"]["room_opened.v1"]
    heard = document(GUESTS, {})["channels"]["rooms.room_opened.v1"]

    assert said["x-event-type"] == "room_opened.v1"
    assert said["x-consumers"] == ["guests.on_room_opened"]
    assert said["x-subject"] == "room_id"
    assert "x-event-type" not in heard
    assert heard["bindings"]["amqp"]["queue"]["name"] == (
        "evt-rooms-room_opened.v1--guests.on_room_opened"
    )


def test_the_broker_knows_every_queue_before_anybody_starts():
    made = definitions(BOTH)

    names = {queue["name"] for queue in made["queues"]}
    assert names == {"rpc-rooms", "evt-rooms-room_opened.v1--guests.on_room_opened"}
    assert {exchange["name"] for exchange in made["exchanges"]} == {
        "nameko-rpc",
        "rooms.events",
        "guests.events",
    }
    assert [(b["source"], b["routing_key"]) for b in made["bindings"]] == [
        ("nameko-rpc", "rooms.*"),
        ("rooms.events", "room_opened.v1"),
    ]


def test_the_map_shows_who_asks_says_and_hears():
    asking = ServiceSource("guests", "1", "", GUESTS.messages, (), (a_call("rooms", "get_room"),))

    doors = {"hatch": ("rooms", "room_opened.v1")}
    page = message_map({**BOTH, "guests": asking}, consumers(BOTH), doors)

    assert 'hatch -->|"for people"| rooms' in page
    assert 'rooms -.->|"room_opened"| hatch' in page
    assert 'guests -->|"get_room"| rooms' in page
    assert 'rooms -.->|"room_opened"| guests' in page
    assert "| open_room (command) | professional | Open a room. |" in page
    assert "| room_opened.v1 | guests, hatch | A room can be used. |" in page


CALLING = """
from chassis.remote import Remote

LINKS = [dict.fromkeys(("rooms", "get_room")), ("rooms", "plain")]

class CallingService:
    name = "calling_example"
    rooms = Remote("rooms")

    def go(self, service, more):
        service.rooms.open_room(name="x", idempotency_key="k")
        rooms = self.rooms
        rooms.get_room(**more)
"""


def test_calls_are_found_in_the_sources(tmp_path, monkeypatch):
    package = tmp_path / "calling_example"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "service.py").write_text(CALLING)
    monkeypatch.syspath_prepend(str(tmp_path))
    from calling_example.service import CallingService

    calls = {(call.method, call.arguments, call.open) for call in read(CallingService).calls}

    assert calls == {
        ("open_room", frozenset({"name"}), False),
        ("get_room", frozenset(), True),
    }


def test_generated_files_are_written_only_when_they_change(tmp_path):
    files = {tmp_path / "deep" / "a.json": "1"}

    assert stale(files) == write(files) == list(files)
    assert stale(files) == write(files) == []
