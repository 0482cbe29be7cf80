"""Writing without waiting, in one piece and in order."""

import socket
import time
from contextlib import suppress

import amqp
import eventlet
import eventlet.patcher
import pytest
from amqp.exceptions import RecoverableConnectionError
from amqp.transport import TCPTransport
from eventlet.greenpool import GreenPool

from chassis.bus import frames, wire
from chassis.bus.frames import FrameBuffer
from chassis.bus.wire import MAX_BODY, MessageTooLarge


class Line(TCPTransport):
    """py-amqp's transport, on one end of a pair of sockets."""

    def __init__(self, kind=socket.SOCK_STREAM):
        self.sock, self.far_end = socket.socketpair(socket.AF_UNIX, kind)
        self._write = self.sock.sendall

    def arrived(self):
        """What has arrived by now, without letting any other greenthread run."""
        arrived = []
        with suppress(BlockingIOError):
            while data := self.far_end.fd.recv(1 << 20):
                arrived.append(data)
        return arrived


@pytest.fixture(params=[socket.SOCK_STREAM], ids=["stream"])
def line(request):
    line = Line(request.param)
    with eventlet.Timeout(5):
        yield line
    for end in (line.sock, line.far_end):
        if end is not None:
            end.close()


# On a line of packets each write arrives by itself.
packets = pytest.mark.parametrize("line", [socket.SOCK_SEQPACKET], indirect=True, ids=["packets"])


def received(line, size):
    data = b""
    while len(data) < size and (more := line.far_end.recv(1 << 20)):
        data += more
    return data


def test_a_frame_leaves_at_once(line):
    buffer = FrameBuffer(line)
    buffer.write(memoryview(b"frame"))
    buffer.flush()
    assert received(line, 5) == b"frame"


def test_frames_held_back_leave_together(line):
    buffer = FrameBuffer(line)
    with buffer.one_write():
        for frame in (b"reply", b"ack"):
            buffer.write(frame)
            buffer.flush()
        line.far_end.settimeout(0.05)
        with pytest.raises(TimeoutError):
            line.far_end.recv(1)
    assert received(line, 8) == b"replyack"


def test_a_writer_does_not_wait_for_a_full_socket_and_order_is_kept(line):
    buffer = FrameBuffer(line)
    frames = [bytes([number]) * 100_000 for number in range(50)]
    for frame in frames:
        buffer.write(frame)
        buffer.flush()  # 5 MB, more than any socket takes, and nobody reads yet
    assert received(line, 5_000_000) == b"".join(frames)


def test_a_line_that_takes_nothing_is_dropped(line, monkeypatch):
    monkeypatch.setattr(frames, "WRITE_TIMEOUT", 0.1)
    buffer = FrameBuffer(line)
    buffer.write(b"x" * 5_000_000)
    buffer.flush()
    eventlet.sleep(0.3)
    assert line.sock.recv(1) == b""  # what wakes the reader


def block(seconds):
    """Compute; nothing else runs meanwhile."""
    eventlet.patcher.original("time").sleep(seconds)


def write(buffer, frame):
    buffer.write(frame)
    buffer.flush_soon()


@packets
def test_what_is_written_while_nobody_else_is_due_leaves_at_once(line):
    buffer = FrameBuffer(line)
    eventlet.sleep(0)
    write(buffer, b"one")
    assert line.arrived() == [b"one"]
    write(buffer, b"two")
    assert line.arrived() == [b"two"]


@packets
def test_what_is_written_in_one_turn_leaves_in_one_write(line):
    buffer = FrameBuffer(line)
    runs = GreenPool()
    for number in range(5):
        runs.spawn(write, buffer, b"%d" % number)
    runs.waitall()
    eventlet.sleep(0)
    assert line.arrived() == [b"01234"]


@packets
def test_what_waits_for_the_rest_of_a_turn_goes_with_what_is_written_later_in_it(line, monkeypatch):
    monkeypatch.setattr(frames, "LINGER", 1.0)  # other programs share this machine
    buffer = FrameBuffer(line)
    seen = []

    def busy():
        write(buffer, b" soon after")
        seen.append(line.arrived())
        block(frames.LINGER)
        write(buffer, b" and late")
        seen.append(line.arrived())

    runs = GreenPool()
    for work in (lambda: write(buffer, b"early"), busy, lambda: None):
        runs.spawn(work)
    runs.waitall()

    assert seen == [[], [b"early soon after and late"]]


@packets
def test_many_frames_do_not_wait_for_more_of_their_turn(line):
    buffer = FrameBuffer(line)
    seen = []
    runs = GreenPool()
    for _ in range(frames.MANY):
        runs.spawn(write, buffer, b".")
    runs.spawn(lambda: seen.extend(line.arrived()))
    runs.spawn(lambda: None)
    runs.waitall()

    assert seen == [b"." * frames.MANY]


@packets
def test_nothing_waits_longer_than_the_rest_of_a_turn(line):
    buffer = FrameBuffer(line)
    longest = 0.05
    began = time.monotonic()
    runs = GreenPool()
    for work in (lambda: write(buffer, b"early"), lambda: block(longest), lambda: block(longest)):
        runs.spawn(work)
    assert line.far_end.recv(10) == b"early"
    assert time.monotonic() - began < 3 * longest
    runs.waitall()


def test_a_write_that_fails_later_shows_as_a_lost_line(line):
    line.far_end.close()
    buffer = FrameBuffer(line)
    runs = GreenPool()
    runs.spawn(write, buffer, b"frame")
    runs.spawn(lambda: None)
    runs.waitall()
    eventlet.sleep(0)
    assert line.sock.recv(1) == b""  # what wakes the reader


def test_writing_to_a_lost_line_raises(line):
    line.far_end.close()
    buffer = FrameBuffer(line)
    buffer.write(b"frame")
    with pytest.raises(OSError):
        buffer.flush()


def test_writing_to_a_closed_line_raises(line):
    line.sock.close()
    line.sock = None
    buffer = FrameBuffer(line)
    buffer.write(b"frame")
    with pytest.raises(RecoverableConnectionError):
        buffer.flush()


def test_a_message_may_be_as_large_as_the_limit_and_not_larger():
    assert len(wire.encode("x" * (MAX_BODY - 2))) == MAX_BODY
    with pytest.raises(MessageTooLarge) as caught:
        wire.encode("x" * (MAX_BODY - 1))
    assert caught.value.details == {"bytes": MAX_BODY + 1, "limit": MAX_BODY}


def test_what_json_cannot_say_is_a_type_error():
    with pytest.raises(TypeError):
        wire.encode({1, 2})


def test_a_compressed_message_is_not_unpacked():
    headers = {"compression": "zlib"}
    raw = amqp.Message(b"bomb", application_headers=headers)
    raw.delivery_info = {"delivery_tag": 1}
    message = wire.Message(raw)
    assert message.body == b"bomb"
    assert not message.errors
