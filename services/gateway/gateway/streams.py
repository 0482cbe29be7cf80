"""Open pages: each waits for news of its own member, and is told to ask again.

Nothing hangs on a piece of news: whoever connects, or connects again, is told the present first.
The waiting is the standard library's, so any WSGI server with threads can serve it.
"""

import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

PER_MEMBER = 12  # open pages at once; of more the oldest is let go


class Stream:
    """One open page."""

    def __init__(self) -> None:
        self._news = threading.Event()
        self.is_over = False

    def ring(self) -> None:
        """Let the present or the next ``wait`` return at once; twice before it looks is once."""
        self._news.set()

    def end(self) -> None:
        """Let whoever waits end."""
        self.is_over = True
        self._news.set()

    def wait(self, seconds: float) -> bool:
        """Wait for news, or for ``seconds``; return whether there were any."""
        rung = self._news.wait(seconds)
        self._news.clear()
        return rung


class Streams:
    """Every open page of this process, by member."""

    def __init__(self) -> None:
        self._open: dict[str, list[Stream]] = defaultdict(list)
        self._is_closed = False

    @contextmanager
    def opened(self, member_id: str) -> Iterator[Stream]:
        """Yield a stream that is rung for this member; over at once when the process ends."""
        stream, mine = Stream(), self._open[member_id]
        mine.append(stream)
        if self._is_closed:
            stream.end()
        if len(mine) > PER_MEMBER:
            mine[0].end()
        try:
            yield stream
        finally:
            mine.remove(stream)
            if not mine:
                self._open.pop(member_id, None)

    def hear(self, news: Mapping[str, Any]) -> None:
        """Ring the open pages of the member that the news are about."""
        for stream in list(self._open.get(str(news["member_id"]), ())):
            stream.ring()

    def close(self) -> None:
        """End every stream, and those that are still opened."""
        self._is_closed = True
        for streams in list(self._open.values()):
            for stream in list(streams):
                stream.end()
