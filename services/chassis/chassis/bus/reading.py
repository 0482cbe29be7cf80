"""Reading frames from a connection: one read of the socket brings many."""

from collections.abc import Callable
from struct import unpack_from
from typing import Any

from amqp.exceptions import UnexpectedFrame

READ_SIZE = 16_384  # bytes asked from the socket at once
_HEAD = 7  # bytes of a frame before its content: kind, channel, size
_END = 0xCE

Frame = tuple[int, int, bytes]  # kind, channel, content


class FrameReader:
    """Takes whole frames out of what ``receive`` returns; what came of the next one is kept."""

    def __init__(self, receive: Callable[[int], bytes]) -> None:
        self._receive = receive
        self._data = b""
        self._at = 0  # where in it the next frame begins
        self._missing = READ_SIZE

    def read(self) -> Frame:
        """Wait for the next frame and return it.

        Raises OSError at the end of the stream and TimeoutError, after which it can go on.
        """
        while (frame := self.read_already()) is None:
            more = self._receive(max(self._missing, READ_SIZE))
            if not more:
                raise OSError("the broker closed the connection")
            self._data, self._at = self._data[self._at :] + more, 0
        return frame

    def read_already(self) -> Frame | None:
        """Return the next frame if all of it is here. Raises UnexpectedFrame for what is none."""
        data, start = self._data, self._at
        if len(data) - start <= _HEAD:
            return None
        kind, channel, size = unpack_from(">BHI", data, start)
        begin = start + _HEAD
        end = begin + size
        if len(data) <= end:
            self._missing = end + 1 - len(data)
            return None
        if data[end] != _END:
            raise UnexpectedFrame(f"a frame ends with {data[end]:#04x}")
        self._at = end + 1
        return kind, channel, data[begin:end]


def read_ahead(connection: Any, transport: Any) -> None:
    """Give py-amqp's connection a FrameReader; alone it asks the socket nine times a message."""
    connection.frame_reader = reader = FrameReader(transport.sock.recv)

    def read_frame() -> Frame:
        try:
            return reader.read()
        except (TimeoutError, BlockingIOError):
            raise
        except OSError:
            transport.connected = False
            raise

    transport.read_frame = read_frame
