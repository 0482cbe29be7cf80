"""What a request's headers and body may be, at each border."""

import time
from types import SimpleNamespace

import orjson
import pytest

from chassis.bounds import MAX_READ, MOST_PARTS, MessageTooLarge, TooManyParts
from chassis.errors import DeadlineExceeded
from chassis.rpc.requests import MalformedRequest, read_body, read_headers, refuse_expired


def a_message(body=b'{"args":[],"kwargs":{"a":1}}', headers=None, **properties):
    properties = {"reply_to": "somewhere", **properties}
    return SimpleNamespace(
        body=body, headers=headers or {}, properties=properties, content_type="application/json"
    )


def test_the_fields_of_a_request_are_its_keyword_arguments():
    assert read_body(a_message()) == {"a": 1}


@pytest.mark.parametrize("body", [b"", b"[]", b'{"args":[1],"kwargs":{}}', b'{"args":[]}'])
def test_anything_else_is_refused(body):
    with pytest.raises(MalformedRequest):
        read_body(a_message(body))


@pytest.mark.parametrize(("depth", "fine"), [(31, True), (32, False), (900, False), (10**5, False)])
def test_a_request_has_a_depth(depth, fine):
    deep = a_message(b'{"args":[],"kwargs":{"a":%s}}' % (b"[" * depth + b"]" * depth))

    if fine:
        assert read_body(deep)
    else:
        with pytest.raises(MalformedRequest):
            read_body(deep)


def test_a_request_without_reply_to_is_refused():
    with pytest.raises(MalformedRequest):
        read_body(a_message(reply_to=""))


@pytest.mark.parametrize(
    ("name", "longest", "too_long"),
    [
        ("access_token", "x" * 4095, "x" * 4096),
        ("idempotency_key", "x" * 200, "x" * 201),
        ("call_id_stack", ["x" * 500] * 20, ["x"] * 21),
    ],
)
def test_headers_have_a_longest_value(name, longest, too_long):
    assert read_headers(a_message(headers={f"nameko.{name}": longest})) == {name: longest}
    with pytest.raises(MalformedRequest, match=name):
        read_headers(a_message(headers={f"nameko.{name}": too_long}))


@pytest.mark.parametrize("name", ["access_token", "idempotency_key"])
@pytest.mark.parametrize("text", ["a\0b", "a\nb", "\x1b[31m", "\x7f"])
def test_headers_have_no_control_characters(name, text):
    with pytest.raises(MalformedRequest, match=name):
        read_headers(a_message(headers={f"nameko.{name}": text}))


def test_headers_that_we_do_not_know_are_ignored():
    headers = {"nameko.is_admin": True, "access_token": "x", "x-death": [], "idempotency_key": "k"}
    assert read_headers(a_message(headers=headers)) == {}


@pytest.mark.parametrize("deadline", [1_800_000_000, 1_800_000_000.0, "1800000000"])
def test_a_deadline_is_read_as_seconds(deadline):
    context = read_headers(a_message(headers={"nameko.deadline": deadline}))
    assert context == {"deadline": 1_800_000_000.0}


def test_a_deadline_is_kept_until_it_has_passed():
    refuse_expired({})
    refuse_expired({"deadline": time.time() + 1})
    with pytest.raises(DeadlineExceeded):
        refuse_expired({"deadline": time.time() - 0.01})


@pytest.mark.parametrize(
    ("more", "shared"),
    [
        ({}, False),
        ({"call_id_stack": []}, False),
        ({"call_id_stack": ["script.1"]}, True),
        ({"call_id_stack": ["script.1", "buyer.2"], "key_call_id": "script.1"}, True),
        ({"call_id_stack": ["script.1", "buyer.2"], "key_call_id": "buyer.2"}, False),
        ({"key_call_id": "buyer.2"}, False),
        ({"key_is_shared": True}, False),  # nobody can say so of themselves
    ],
)
def test_a_key_beside_a_call_stack_is_shared_unless_it_was_made_for_this_call(more, shared):
    headers = {f"nameko.{name}": value for name, value in more.items()}
    context = read_headers(a_message(headers={"nameko.idempotency_key": "k", **headers}))

    assert context.get("key_is_shared", False) is shared
    assert "key_call_id" not in context


@pytest.mark.parametrize(("size", "fine"), [(MAX_READ, True), (MAX_READ + 1, False)])
def test_a_request_has_a_size_which_is_checked_before_it_is_read(size, fine):
    frame = b'{"args":[],"kwargs":{"a":""}}'
    body = frame.replace(b'""', b'"%s"' % (b"x" * (size - len(frame))))

    if fine:
        assert read_body(a_message(body))
    else:
        with pytest.raises(MessageTooLarge) as refused:
            read_body(a_message(b"\xff" + body[1:]))
        assert refused.value.details == {"bytes": size, "limit": MAX_READ}


def test_a_smaller_size_can_be_asked_for():
    body = b'{"args":[],"kwargs":{"a":1}}'

    assert read_body(a_message(body), len(body)) == {"a": 1}
    with pytest.raises(MessageTooLarge):
        read_body(a_message(body), len(body) - 1)


@pytest.mark.parametrize("flat", [True, False])
@pytest.mark.parametrize("fine", [True, False])
def test_a_request_has_so_many_parts_however_they_are_arranged(flat, fine):
    parts = MOST_PARTS - 1 + (not fine)
    if flat:
        parts = [0] * parts
    else:
        half = parts // 2
        parts = [{"a": 0}] * half + [0] * (parts - 2 * half)
    body = orjson.dumps({"args": [], "kwargs": {"a": parts}})

    if fine:
        assert read_body(a_message(body))
    else:
        with pytest.raises(TooManyParts):
            read_body(a_message(body))


def test_brackets_inside_texts_are_no_lists():
    text = '[{"' * MOST_PARTS

    body = orjson.dumps({"args": [], "kwargs": {"a": text, "b": "\\"}})
    assert read_body(a_message(body)) == {"a": text, "b": "\\"}


@pytest.mark.parametrize(("lists", "fine"), [(MOST_PARTS - 1, True), (MOST_PARTS, False)])
def test_a_request_has_so_many_lists(lists, fine):
    body = orjson.dumps({"args": [], "kwargs": {"a": [[]] * lists}})

    if fine:
        assert read_body(a_message(body))
    else:
        with pytest.raises(TooManyParts):
            read_body(a_message(body))


def test_too_many_lists_are_not_even_decoded():
    with pytest.raises(TooManyParts):
        read_body(a_message(b"[]" * (MOST_PARTS + 4) + b"\xff"))


def test_the_field_with_too_many_items_is_named():
    body = orjson.dumps({"args": [], "kwargs": {"a": [0], "b": [0] * MOST_PARTS, "c": [0]}})
    with pytest.raises(TooManyParts) as refused:
        read_body(a_message(body))

    assert list(refused.value.details["fields"]) == ["b"]
