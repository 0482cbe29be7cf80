"""Whose message is handled next: each firm has a lane, and none takes all places.

A firm whose row is locked, or that floods a service, has its own messages wait. What waits holds no
connection and no place, only its message; beyond a bound it is refused at once. Some places are
kept for questions, which wait for nobody's row.
"""

from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from eventlet import Timeout
from eventlet.event import Event

from chassis.errors import Unavailable

FirmOf = Callable[[Any, UUID], UUID | None]  # a session and an account: where it works
PER_PLACE = 8  # messages taken from the broker for each place: one is handled, the others wait
PATIENCE = 9.0  # seconds that a message waits: by then who called has given up
REMEMBERED = 10_000  # accounts whose firm is known


class FirmBusy(Unavailable):
    """Too much of this firm waits; nothing was done. `retry_after` in the details is in seconds."""

    code = "firm_busy"


class Lanes:
    """So many `places`; one lane may have `share` of them, and `reserve` are for questions only.

    `waiting` of a lane may wait. Without `firm_of` there are no lanes: who comes first is first.
    """

    def __init__(self, places: int, firm_of: FirmOf | None = None) -> None:
        self.firm_of = firm_of
        self._places = self._free = places
        self._share = max(1, places * 2 // 5)
        self._reserve = places // 5 if firm_of else 0
        self._most_waiting = places * 6  # of one lane: the others of PER_PLACE are not its own
        self._running: Counter[Any] = Counter()
        self._waiting: OrderedDict[tuple[Any, bool], deque[Event]] = OrderedDict()
        self._firms: OrderedDict[UUID, UUID | None] = OrderedDict()

    @property
    def is_quiet(self) -> bool:
        """Whether so little goes on that nobody need be told apart."""
        return self._places - self._free < 2

    def lane_of(self, account_id: UUID, look: Callable[[UUID], UUID | None]) -> UUID:
        """Return the account's firm, looked up and remembered; the account where it has none."""
        if self.is_quiet:
            return account_id
        if account_id not in self._firms:
            self._firms[account_id] = look(account_id)
            if len(self._firms) > REMEMBERED:
                self._firms.popitem(last=False)
        return self._firms[account_id] or account_id

    @contextmanager
    def turn(
        self, lane: Any = None, *, asks: bool = False, patient: bool = False
    ) -> Iterator[None]:
        """Hold a place, once it comes. `asks` says that nothing is changed.

        Who is `patient` has nobody who waits for an answer, and is never refused; others FirmBusy.
        """
        key = lane, asks
        if not self._waiting.get(key) and self._fits(lane, asks):
            self._take(lane)
        else:
            self._wait(key, None if patient else PATIENCE)
        try:
            yield
        finally:
            self._leave(lane)

    def _fits(self, lane: Any, asks: bool) -> bool:
        if self._free <= (0 if asks else self._reserve):
            return False
        return lane is None or self.firm_of is None or self._running[lane] < self._share

    def _take(self, lane: Any) -> None:
        self._free -= 1
        self._running[lane] += 1

    def _leave(self, lane: Any) -> None:
        self._free += 1
        self._running[lane] -= 1
        if not self._running[lane]:
            del self._running[lane]
        if self._waiting:
            self._pass_on()

    def _pass_on(self) -> None:
        """Places that are free go round the lanes, one to each."""
        for key in list(self._waiting):
            if not self._free:
                return
            if self._fits(*key):
                queue = self._waiting[key]
                self._take(key[0])
                queue.popleft().send()
                self._waiting.move_to_end(key)
                if not queue:
                    del self._waiting[key]

    def _wait(self, key: tuple[Any, bool], patience: float | None) -> None:
        lane, _ = key
        mine, queue = Event(), self._waiting.setdefault(key, deque())
        if patience and lane is not None and len(queue) >= self._most_waiting:
            raise FirmBusy("Too much of your firm is under way. Try again.", retry_after=1)
        queue.append(mine)
        try:
            with Timeout(patience, False):
                mine.wait()
        except BaseException:  # ended from outside: the place must not end with it
            if mine.ready():
                self._leave(lane)
            raise
        finally:
            if not mine.ready():
                self._forget(key, mine)
        if not mine.ready():
            raise FirmBusy("Too much of your firm is under way. Try again.", retry_after=1)

    def _forget(self, key: tuple[Any, bool], mine: Event) -> None:
        queue = self._waiting[key]
        queue.remove(mine)
        if not queue:
            del self._waiting[key]


def lane_of_call(db: Any, actor: Any, fields: dict[str, Any]) -> Any:
    """Return whose messages a call may have to wait behind: those of the caller's firm.

    A service asks for the account that it names; who asks for nobody's is in no lane.
    """
    lanes, account_id = db.provider.lanes, actor.account_id
    if lanes.firm_of is None:
        return None
    if actor.kind == "service":
        account_id = _uuid(fields.get("account_id"))
    return account_id and lanes.lane_of(account_id, db.firm_of)


def lane_of_event(delivery: Any) -> UUID | None:
    """Return the firm that the event is about; None for one about none."""
    return _uuid(delivery.firm_id)


def _uuid(text: Any) -> UUID | None:
    """None for what is none; the schema says so to the caller."""
    try:
        return UUID(text)
    except (AttributeError, TypeError, ValueError):
        return None
