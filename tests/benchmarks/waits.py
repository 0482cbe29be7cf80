"""How long frames wait for the rest of a turn: see record 0045."""

import math
import statistics
from typing import Any

from eventlet.hubs import get_hub

from chassis.bus import wire
from chassis.bus.frames import FrameBuffer


class WatchedBuffer(FrameBuffer):
    """A FrameBuffer that notes how long each frame waited from being written to leaving."""

    waited: list[float] = []  # noqa: RUF012 - seconds, of all connections of the process

    def __init__(self, transport: Any) -> None:
        super().__init__(transport)
        self._written: list[float] = []

    def write(self, frame: memoryview | bytes) -> None:
        """Collect the frame, and note when."""
        super().write(frame)
        self._written.append(get_hub().clock())

    def _take(self) -> bytes:
        left = get_hub().clock()
        self.waited.extend(left - written for written in self._written)
        self._written.clear()
        return super()._take()


def watch() -> None:
    """Watch the connections that this process opens from now on."""
    wire.FrameBuffer = WatchedBuffer  # type: ignore[misc]


def taken() -> dict[str, float]:
    """Return the milliseconds that frames have waited since this was asked last."""
    waited = sorted(1e3 * seconds for seconds in WatchedBuffer.waited)
    WatchedBuffer.waited.clear()
    return {
        "half of them": statistics.median(waited),
        "99 in 100": waited[math.ceil(0.99 * len(waited)) - 1],
        "the longest": waited[-1],
    }
