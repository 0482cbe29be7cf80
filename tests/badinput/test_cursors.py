"""A cursor that no list made, or another list made, is refused or leads nowhere."""

import base64
from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from tests.badinput.asking import Outcome, ask, fault_of
from tests.badinput.entrypoints import targets
from tests.badinput.valid import example

pytestmark = pytest.mark.usefixtures("unchanged")
LISTS = pytest.mark.parametrize(
    "target", targets(lambda entrypoint: "cursor" in entrypoint.spec.request.fields)
)
GARBAGE = (
    "", "x", "====", "\0", "ä", "W10", "bnVsbA", "e30", "-1", "' OR 1=1 --", "[]", "A" * 1_000,
)  # fmt: skip
PARTS = (
    None, True, 0, -1, 1.5, 2**31, 2**63 - 1, 2**63, -(2**63), 10**19, "", "x", "\0", "x" * 500,
    "9" * 30, "1e400", "2026-01-01", "2026-01-01T00:00:00", "2026-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", [], {}, [1], {"a": 1},
    "00000000-0000-0000-0000-000000000000", "urn:uuid:00000000-0000-0000-0000-000000000000",
)  # fmt: skip


def test_lists_are_found():
    assert LISTS.args[1]


@LISTS
def test_a_cursor_that_cannot_be_read_is_refused(stage, target):
    for garbage in GARBAGE:
        outcome = page_after(stage, target, garbage)
        assert (outcome.kind, outcome.names("cursor")) == ("bad_request", True), garbage


@LISTS
def test_a_cursor_that_was_tampered_with_harms_nobody(stage, target):
    first = page_after(stage, target, None)
    cursor = first.result["next_cursor"]
    assert cursor, f"the stage needs two of what {target} lists"
    failed = []
    for parts in tampered(opened(cursor)):
        outcome = page_after(stage, target, forged(parts))
        if fault_of(outcome) or outcome.kind not in ("ok", "bad_request"):
            failed.append(f"{parts}: {outcome!s:.200}")
    assert failed == []


def page_after(stage, target: str, cursor: str | None) -> Outcome:
    request, token = example(stage, target)
    return ask(stage.world, target, {**request, "limit": 1, "cursor": cursor}, token)


def tampered(key: list[Any]) -> Iterator[list[Any]]:
    """The key with one part replaced, one too many and one too few."""
    yield [*key, 1]
    yield key[:-1]
    for place in range(len(key)):
        for part in PARTS:
            yield [*key[:place], part, *key[place + 1 :]]


def opened(cursor: str) -> list[Any]:
    """What ``decode_cursor`` reads, without knowing the parts' types."""
    parts: list[Any] = orjson.loads(base64.urlsafe_b64decode(cursor + "=="))
    return parts


def forged(parts: list[Any]) -> str:
    """As ``encode_cursor`` writes it."""
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")
