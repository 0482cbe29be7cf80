from socket import socketpair
from types import SimpleNamespace

import eventlet
import pytest

from tests.benchmarks import waits

TURN = 0.02  # seconds


@pytest.fixture
def line():
    near, far = socketpair()
    yield SimpleNamespace(sock=near, write=near.sendall)
    near.close()
    far.close()


def test_each_frame_has_waited_until_it_left(line):
    buffer = waits.WatchedBuffer(line)
    waits.WatchedBuffer.waited.clear()
    for pause in (TURN, 0):
        buffer.write(b"frame")
        eventlet.sleep(pause)
    buffer.flush()
    eventlet.sleep(0)

    waited = waits.taken()

    assert waited["the longest"] == waited["99 in 100"] >= 1e3 * TURN
    assert waited["half of them"] < waited["the longest"]
    assert waits.WatchedBuffer.waited == []
