import pytest

from chassis.contracts import needs
from services.chassis.tests.rooms import BOTH, GUESTS, ROOMS, a_call, a_source


def test_needs_that_are_promised_are_met():
    assert needs.unmet(BOTH) == []


def test_an_event_that_nobody_says_is_named():
    assert needs.unmet({"guests": GUESTS, "rooms": a_source("rooms")}) == [
        "guests.on_room_opened: rooms does not say room_opened.v1"
    ]


STRING, UUIDS = {"type": "string"}, {"type": "string", "format": "uuid"}


def an_object(required=(), **properties):
    return {"type": "object", "properties": properties, "required": list(required)}


@pytest.mark.parametrize(
    ("needed", "promised", "sentence"),
    [
        (an_object(["a"], a=STRING), an_object(), "data.a is not promised"),
        (an_object(["a"], a=STRING), an_object(a=STRING), "data.a may be absent"),
        (an_object(a=UUIDS), an_object(a=STRING), "data.a is read as uuid, promised is any text"),
        (STRING, {"type": ["string", "null"]}, "data may be null or string, is read as string"),
        (STRING, {}, "data may be anything, is read as string"),
        ({"type": "integer"}, STRING, "data may be string, is read as integer"),
        ({"type": "integer"}, {"type": "number"}, "data may be integer or number"),
        ({"enum": ["a"]}, {"type": "string", "enum": ["a", "b"]}, "data may be more than ['a']"),
        ({"enum": ["a"]}, STRING, "data may be more than ['a']"),
        (
            {"type": "array", "items": an_object(["a"], a=STRING)},
            {"type": "array", "items": an_object()},
            "data[].a is not promised",
        ),
    ],
)
def test_a_need_that_is_not_promised_is_named_by_its_path(needed, promised, sentence):
    [problem] = needs.differences(needed, promised, "data")

    assert problem.startswith(sentence)


@pytest.mark.parametrize(
    ("needed", "promised"),
    [
        (an_object(a=STRING), an_object()),  # may be absent
        ({"type": ["string", "null"]}, STRING),
        ({"type": "number"}, {"type": "integer"}),
        ({}, STRING),
        ({"enum": ["a", "b", None]}, {"type": ["string", "null"], "enum": ["a", None]}),
        ({"type": "string", "format": "email", "maxLength": 254}, STRING),
        (an_object(a=STRING), an_object(["a", "b"], a=STRING, b=UUIDS)),
    ],
)
def test_a_need_that_is_promised_is_not_named(needed, promised):
    assert list(needs.differences(needed, promised, "data")) == []


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (a_call("rooms", "open_door"), "there is no such method"),
        (a_call("attic", "open_room"), "there is no such method"),
        (a_call("rooms", "get_room", "color"), "it does not take color"),
        (a_call("rooms", "open_room", many=True), "it does not admit the service guests"),
    ],
)
def test_a_call_that_nobody_answers_is_named_with_its_place(call, sentence):
    problems = needs.unmet({"rooms": ROOMS, "guests": a_source("guests", calls=[call])})

    assert len(problems) == 1
    assert problems[0].endswith(sentence)
    assert "guests/x.py:1" in problems[0]


def test_a_call_without_a_required_field_is_named():
    calls = [a_call("rooms", "open_room")]

    problems = needs.unmet({"rooms": ROOMS, "guests": a_source("guests", calls=calls)})

    assert any(problem.endswith("it needs name") for problem in problems)


def test_calls_go_down_only_and_never_round():
    up = {"a": a_source("a"), "b": a_source("b", calls=[a_call("a", "x")])}
    loop = {**up, "a": a_source("a", calls=[a_call("b", "x")])}

    assert any("calls go a -> b" in problem for problem in needs.unmet(up, ["a", "b"]))
    assert not any("calls go" in problem for problem in needs.unmet(up, ["b", "a"]))
    assert needs.cycles(up) == []
    assert needs.cycles(loop) == [
        "a waits for itself: a -> b -> a",
        "b waits for itself: b -> a -> b",
    ]


def test_a_service_that_calls_itself_waits_for_itself():
    assert needs.cycles({"a": a_source("a", calls=[a_call("a", "x")])}) == [
        "a waits for itself: a -> a"
    ]
