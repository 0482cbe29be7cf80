"""Where log lines go: a stream that is full, closed or slow never costs a call or the process.

Lines that the stream does not take now wait in memory, up to a limit, and go before the next one;
what is beyond the limit, or refused, is counted, and the count is a line as soon as one can be
written.
"""

import os
import select
import socket
import stat
import sys
from collections import deque
from collections.abc import Callable
from typing import IO

import eventlet
import orjson

# eventlet's own would hand over to others where the stream is full, in the middle of anything.
_os = eventlet.patcher.original("os")
_select = eventlet.patcher.original("select")
_socket = eventlet.patcher.original("socket")

HELD_BYTES = 1_000_000
AT_ONCE = select.PIPE_BUF  # so much a pipe that is ready takes without waiting


class Lines:
    """Writes whole lines, one write each where the stream takes it, and never waits."""

    def __init__(self, stream: IO[bytes], held: int = HELD_BYTES) -> None:
        self._write = _writer(stream)
        self._waiting: deque[bytes] = deque()
        self._held = 0
        self._limit = held
        self._lost = 0

    def msg(self, line: bytes | str) -> None:
        """Write the line now, or keep it for the next time, or count it as lost."""
        data = (line.encode(errors="replace") if isinstance(line, str) else line) + b"\n"
        if self._held + len(data) > self._limit:
            self._lost += 1
        else:
            self._hold(data)
        self._write_out()

    info = warning = error = msg

    def _hold(self, data: bytes) -> None:
        self._waiting.append(data)
        self._held += len(data)

    def _write_out(self) -> None:
        while self._waiting:
            data = self._waiting.popleft()
            self._held -= len(data)
            try:
                written = self._write(data)
            except (OSError, ValueError):  # no reader, no room, closed
                self._lost += 1
                return
            if written < len(data):
                self._waiting.appendleft(data[written:])
                self._held += len(data) - written
                return
            if not self._waiting and self._lost:
                self._hold(self._told())

    def _told(self) -> bytes:
        lost, self._lost = self._lost, 0
        return orjson.dumps({"event": "log lines lost", "level": "warning", "lost": lost}) + b"\n"


class GuardedText:
    """Stands in for ``sys.stderr``: what libraries print there takes the same careful way."""

    encoding = "utf-8"

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def write(self, text: str) -> int:
        """Write the text as lines; returns its length."""
        if text.strip():
            self._lines.msg(text.rstrip("\n"))
        return len(text)

    def flush(self) -> None:
        """Do nothing: every line is on its way already."""

    def isatty(self) -> bool:
        """Say no: nobody draws here."""
        return False


def standard_error() -> IO[bytes]:
    """Return the bytes of ``sys.stderr``, or a stream that swallows all where there are none."""
    found: IO[bytes] | None = getattr(sys.stderr, "buffer", None)
    if found is None:
        return open(os.devnull, "wb", buffering=0)
    return found


def _writer(stream: IO[bytes]) -> Callable[[bytes], int]:
    """Return what writes some bytes, and tells how many.

    It never waits, and raises OSError or ValueError.
    """
    try:
        number = stream.fileno()
        mode = os.fstat(number).st_mode
    except (OSError, ValueError, AttributeError):
        return lambda data: _to_object(stream, data)
    if stat.S_ISREG(mode):
        return lambda data: _os.write(number, data)
    if stat.S_ISSOCK(mode):
        return _to_socket(number)
    return _to_pipe(number)


def _to_object(stream: IO[bytes], data: bytes) -> int:
    stream.write(data)
    stream.flush()
    return len(data)


def _to_socket(number: int) -> Callable[[bytes], int]:
    def write(data: bytes) -> int:
        peer = _socket.socket(fileno=number)
        try:
            return peer.send(data, socket.MSG_DONTWAIT)  # type: ignore[no-any-return]
        except BlockingIOError:
            return 0
        finally:
            peer.detach()

    return write


def _to_pipe(number: int) -> Callable[[bytes], int]:
    """Return the writer to a pipe or a terminal.

    It is opened anew: "never wait" must not be said of others' descriptor.
    """
    try:
        own = os.open(f"/proc/self/fd/{number}", os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
    except OSError:
        return lambda data: _when_ready(number, data)

    def write(data: bytes) -> int:
        try:
            return _os.write(own, data)  # type: ignore[no-any-return]
        except BlockingIOError:
            return 0

    return write


def _when_ready(number: int, data: bytes) -> int:
    poll = _select.poll()
    poll.register(number, select.POLLOUT)
    return _os.write(number, data[:AT_ONCE]) if poll.poll(0) else 0
