"""What is written to a connection, gathered: many frames leave in one system call."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import eventlet
from amqp.exceptions import AMQPError, RecoverableConnectionError
from amqp.transport import TCPTransport
from eventlet.hubs import get_hub
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

LINGER = 0.01  # seconds after which what is written takes along what waits for others
MANY = 20  # frames that do not wait for more: those of ten answers, which each have an ack
CHUNK = 262_144  # bytes that must leave within WRITE_TIMEOUT, else the line counts as dead
WRITE_TIMEOUT = 5.0  # seconds
# What kombu, py-amqp and sockets raise when a line is gone or cannot be had.
BROKEN = (AMQPError, OSError, OperationalError)


class FrameBuffer:
    """Collects outgoing frames; one writer at a time, and frames never interleave."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self._frames: list[bytes] = []
        self._held = self._sending = self._planned = False
        self._since: float | None = None  # when the first of them was written, by the hub's clock

    def write(self, frame: memoryview | bytes) -> None:
        """Collect a frame, no more: py-amqp calls it under a lock."""
        self._frames.append(bytes(frame))

    def send(self, frames: bytes) -> None:
        """Collect whole frames, and let them leave as ``flush_soon`` says."""
        self.write(frames)
        self.flush_soon()

    @contextmanager
    def one_write(self) -> Iterator[None]:
        """Hold back what is written inside, and send it together."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
            self.flush_soon()

    def flush_soon(self) -> None:
        """Flush; while more greenthreads are due in this turn, what they write joins in.

        The system call is the dearest part of a small message. Nothing waits longer than the rest
        of the turn, nor, once more is written, for ``MANY`` frames or ``LINGER`` seconds; where
        nobody else is due, it leaves at once. What fails then shows as a lost connection.
        """
        if self._held or self._sending or not self._frames:
            return
        hub = get_hub()
        now = hub.clock()
        if self._since is None:
            self._since = now
        enough = len(self._frames) >= MANY or now - self._since > LINGER
        if enough or not (hub.timers and hub.timers[0][0] <= now):
            self.flush()
        elif not self._planned:
            self._planned = True
            hub.schedule_call_global(0, self._flush_planned)

    def _flush_planned(self) -> None:
        self._planned = False
        try:
            self.flush()
        except BROKEN as exc:
            log.warning("write failed: %r", exc)

    def flush(self) -> None:
        """Hand everything to the socket, and what it does not take to a greenthread."""
        if self._held or self._sending or not self._frames:
            return
        data = self._take()
        try:
            data = data[self._send_now(data) :]
        except OSError:
            self._drop()
            raise
        if data:
            self._sending = True
            eventlet.spawn_n(self._send_rest, data)

    def _take(self) -> bytes:
        data = b"".join(self._frames)
        self._frames.clear()
        self._since = None
        return data

    def _send_now(self, data: bytes) -> int:
        if self._transport.sock is None:
            raise RecoverableConnectionError("the connection was closed")
        if not isinstance(self._transport, TCPTransport):
            return 0  # TLS cannot send a part
        try:
            sent: int = self._transport.sock.fd.send(data)
        except BlockingIOError:
            return 0
        return sent

    def _send_rest(self, data: bytes) -> None:
        try:
            while data:
                for start in range(0, len(data), CHUNK):
                    with eventlet.Timeout(WRITE_TIMEOUT, TimeoutError("write blocked")):
                        self._transport.write(data[start : start + CHUNK])
                data = self._take()
        except (*BROKEN, AttributeError) as exc:  # AttributeError: closed, there is no socket
            log.warning("write failed, dropping the connection: %r", exc)
            self._drop()
        finally:
            self._sending = False

    def _drop(self) -> None:
        """Half a frame ruins the stream. The reader sees end-of-file and reconnects."""
        self._frames.clear()
        try:
            self._transport.sock.shutdown(socket.SHUT_RDWR)
        except (OSError, AttributeError):
            log.debug("already closed")
