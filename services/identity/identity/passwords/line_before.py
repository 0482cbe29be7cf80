"""Who may hash next: those who are known before everybody else, and nobody to everybody's cost."""

from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager

from eventlet import Timeout
from eventlet.event import Event

from identity.passwords.errors import HashingBusy

EACH = 2  # turns that one known holder may have or wait for before others; further ones queue last
IN_A_ROW = 3  # turns for who is known before one for the others, while both wait


class Line:
    """So many `turns` at a time, and behind them two queues.

    Whom nobody knows (a login from an unknown device, a registration) has `places` in all, at it
    or waiting: a flood of them is turned away at once, and leaves workers and turns to the others.
    Who waits longer than `patience` seconds is turned away too.
    """

    def __init__(self, turns: int, places: int, patience: float) -> None:
        self._free = turns
        self._places = places
        self._patience = patience
        self._strangers = 0
        self._holders: Counter[str] = Counter()
        self._known: deque[Event] = deque()
        self._others: deque[Event] = deque()
        self._in_a_row = 0

    def require_room(self) -> None:
        """Raise HashingBusy if a stranger would find no place now; nothing is done for them."""
        if self._strangers >= self._places:
            raise self._busy()

    @contextmanager
    def turn(self, holder: str | None = None) -> Iterator[None]:
        """A turn, when it comes; `holder` names who is known. Raises HashingBusy."""
        if holder is None or self._holders[holder] >= EACH:
            self.require_room()
            self._strangers += 1
            try:
                with self._turn(self._others):
                    yield
            finally:
                self._strangers -= 1
            return
        self._holders[holder] += 1
        try:
            with self._turn(self._known):
                yield
        finally:
            self._holders[holder] -= 1
            self._holders += Counter()  # forgets who has none

    @contextmanager
    def _turn(self, queue: deque[Event]) -> Iterator[None]:
        if self._free:
            self._free -= 1
        else:
            self._wait(queue)
        try:
            yield
        finally:
            self._pass_on()

    def _wait(self, queue: deque[Event]) -> None:
        mine = Event()
        queue.append(mine)
        try:
            with Timeout(self._patience, False):
                mine.wait()
        except BaseException:  # ended from outside: the turn must not end with it
            if mine.ready():
                self._pass_on()
            raise
        finally:
            if not mine.ready():
                queue.remove(mine)
        if not mine.ready():
            raise self._busy()

    def _pass_on(self) -> None:
        queue = self._next()
        if queue is None:
            self._free += 1
        else:
            queue.popleft().send()

    def _next(self) -> deque[Event] | None:
        if self._known and (self._in_a_row < IN_A_ROW or not self._others):
            self._in_a_row += 1
            return self._known
        self._in_a_row = 0
        return self._others or None

    def _busy(self) -> HashingBusy:
        return HashingBusy("Too many people are logging in.", retry_after=self._patience)
