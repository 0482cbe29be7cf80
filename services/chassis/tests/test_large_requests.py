"""What one caller sends costs others little: large requests are refused before they are work."""

import time

import orjson
import pytest

from chassis.errors import BadRequest
from chassis.testing.world import World

TRIES = 9  # the best of them counts: what else the machine does is no part of it
TIMES = 4  # dearer than to carry as many bytes and to decode as many fields, at most

CROWD = orjson.dumps({f"n{n}": 1 for n in range(80_000)})
MONSTERS = {
    "a long text in a known field": orjson.dumps({"item": "t" * 900_000}),
    "eighty thousand unknown fields": CROWD,
    "just as many as may be": orjson.dumps({f"n{n}": 1 for n in range(19_000)}),
    "eighty thousand objects": orjson.dumps({"item": [{"a": 1}] * 80_000}),
    "lists inside lists": b'{"item":%s}' % (b"[" * 100_000 + b"]" * 100_000),
    "many lists that are not deep": b'{"item":[%s[]]}' % (b"[[[[]]]]," * 100_000),
    "a text of brackets without an end": b'{"item":"%s' % (b'\\"[' * 300_000),
}


def send(world: World, fields: bytes):
    """Sent, not answered yet."""
    client = world.client.rpc_client
    request = client._request("ledger", "count_entries", {}, {}, 10)
    return client._send(request._replace(body=b'{"args":[],"kwargs":%s}' % fields))


def beside(world: World, fields: bytes) -> float:
    """Seconds that a read takes which is asked for right after such a request."""
    best = 10.0
    for _ in range(TRIES):
        monster = send(world, fields)
        began = time.perf_counter()
        assert send(world, b'{"item":"lamp"}').result() == {"number": 0}
        best = min(best, time.perf_counter() - began)
        with pytest.raises(BadRequest):
            monster.result()
    return best


def seconds_to_decode(fields: bytes) -> float:
    best = 10.0
    for _ in range(TRIES):
        began = time.perf_counter()
        orjson.loads(fields)
        best = min(best, time.perf_counter() - began)
    return best


@pytest.mark.proves("F146")
@pytest.mark.parametrize("what", MONSTERS)
def test_a_large_request_does_not_hold_up_the_reads_of_others(world, what):
    to_carry = beside(world, b'{"unknown":"%s"}' % (b"t" * 900_000))

    assert beside(world, MONSTERS[what]) < TIMES * (to_carry + seconds_to_decode(CROWD))
