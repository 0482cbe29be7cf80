"""Writing without waiting, in one piece and in order."""

import socket

import amqp
import eventlet
import pytest
from amqp.exceptions import RecoverableConnectionError
from amqp.transport import TCPTransport

from chassis.bus import wire
from chassis.bus.wire import MAX_BODY, FrameBuffer, MessageTooLarge


class Line(TCPTransport):
    """py-amqp's transport, on one end of a pair of sockets."""

    def __init__(self):
        self.sock, self.far_end = socket.socketpair()
        self._write = self.sock.sendall


@pytest.fixture
def line():
    line = Line()
    with eventlet.Timeout(5):
        yield line
    for end in (line.sock, line.far_end):
        if end is not None:
            end.close()


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
    monkeypatch.setattr(wire, "WRITE_TIMEOUT", 0.1)
    buffer = FrameBuffer(line)
    buffer.write(b"x" * 5_000_000)
    buffer.flush()
    eventlet.sleep(0.3)
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
