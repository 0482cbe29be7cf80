"""Frames are read as they come: many at once, in pieces, and none of them lost."""

import pytest
from amqp.exceptions import UnexpectedFrame

from chassis.bus import wire
from chassis.bus.packing import frame
from chassis.bus.reading import READ_SIZE, FrameReader

FRAMES = [(1, 1, b"method"), (2, 1, b"header"), (3, 1, b"x" * 3 * READ_SIZE), (8, 0, b"")]
STREAM = b"".join(frame(*one) for one in FRAMES)


class Stream:
    """Gives so much of the data at a time; a gap is a timeout, and the end is an empty read."""

    def __init__(self, *pieces):
        self._pieces = list(pieces)
        self.asked = []

    def receive(self, size):
        self.asked.append(size)
        piece = self._pieces.pop(0) if self._pieces else b""
        if piece is None:
            raise TimeoutError
        return piece


@pytest.mark.parametrize("size", [1, 7, 8, 13, 14, 15, 1_000, len(STREAM)])
def test_frames_are_the_same_in_whatever_pieces_they_come(size):
    pieces = [STREAM[at : at + size] for at in range(0, len(STREAM), size)]
    reader = FrameReader(Stream(*pieces).receive)
    assert [reader.read() for _ in FRAMES] == FRAMES


def test_what_came_with_a_frame_is_there_without_asking_again():
    stream = Stream(STREAM)
    reader = FrameReader(stream.receive)
    assert reader.read_already() is None
    first = reader.read()
    assert [first, *(reader.read_already() for _ in FRAMES[1:])] == FRAMES
    assert reader.read_already() is None
    assert len(stream.asked) == 1


def test_a_timeout_in_the_middle_of_a_frame_loses_nothing():
    reader = FrameReader(Stream(STREAM[:3], None, STREAM[3:9], None, STREAM[9:]).receive)
    for _ in range(2):
        with pytest.raises(TimeoutError):
            reader.read()
    assert [reader.read() for _ in FRAMES] == FRAMES


def test_a_long_frame_is_asked_for_as_a_whole():
    content = b"x" * 10 * READ_SIZE
    whole = frame(3, 1, content)
    stream = Stream(whole[:10], whole[10:])
    assert FrameReader(stream.receive).read() == (3, 1, content)
    assert stream.asked == [READ_SIZE, len(whole) - 10]


def test_the_end_of_the_stream_is_an_error():
    reader = FrameReader(Stream(STREAM[:20]).receive)
    assert reader.read() == FRAMES[0]
    with pytest.raises(OSError, match="closed"):
        reader.read()


def test_a_frame_without_its_end_is_refused():
    reader = FrameReader(Stream(frame(1, 1, b"method")[:-1] + b"\0").receive)
    with pytest.raises(UnexpectedFrame):
        reader.read()


class Line:
    """A channel of py-amqp's and its connection, which deals with frames."""

    def __init__(self, reader):
        self.connection = self
        self.frame_reader = reader
        self.dealt_with = []
        self.on_inbound_frame = self.dealt_with.append


def test_all_that_came_with_a_message_is_dealt_with_in_one_go():
    stream = Stream(STREAM[:-1], STREAM[-1:])
    line = Line(FrameReader(stream.receive))
    line.frame_reader.read()
    wire.deal_with_rest(line)
    assert line.dealt_with == FRAMES[1:-1]
    assert len(stream.asked) == 1
