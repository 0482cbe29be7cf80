"""Count attempts, then hash: beside the hub, a few at a time, never in a transaction.

Who is known hashes before everybody else, and nobody to everybody's cost.
"""

import ctypes
import secrets
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from eventlet import Timeout, tpool
from eventlet.event import Event
from nameko.extensions import DependencyProvider

from chassis.calls import refuse_in_transaction
from identity.passwords import storage
from identity.passwords.errors import HashingBusy
from identity.passwords.password import normal
from identity.passwords.throttle import Pace

EACH = 2  # turns that one known holder may have or wait for before others; further ones queue last
IN_A_ROW = 3  # turns for who is known before one for the others, while both wait
FOR_STRANGERS = 0.8  # of the workers; the others are left to those who are known, and to refusing
LARGE = 2**20  # bytes; a hash takes some twenty times as many
_M_MMAP_THRESHOLD = -3  # from <malloc.h>


def admit(tx: Any, subject: str, pace: Pace) -> None:
    """Count one attempt on the subject, in a transaction before the one that it is made for.

    Raises TooManyAttempts.
    """
    storage.lock_throttle(tx.session, subject, tx.now).admit(pace, tx.now)


class Passwords(DependencyProvider):
    """argon2id at the configured cost. Each call waits in a thread, and in line before that.

    `holder` says for whom, where that is known: an account on a device it has logged in from, or
    somebody with a mailed link. They come before everybody else.
    """

    def setup(self) -> None:
        """Read the costs, and make the hash that unknown addresses are compared with."""
        give_back_large_blocks()
        section = self.container.config["chambers"].service(self.container.service_name)
        self._argon2 = PasswordHasher(
            time_cost=section["argon2_time_cost"],
            memory_cost=section["argon2_memory_kib"],
            parallelism=1,
            type=Type.ID,
        )
        threads = section["hash_threads"]
        places = max(threads, int(section["max_workers"] * FOR_STRANGERS))
        self._line = Line(threads, places, section["hash_wait"])
        # Made before it is needed, or the first unknown address would take twice as long.
        self._nobody = self._argon2.hash(secrets.token_urlsafe(32))

    def get_dependency(self, worker_ctx: Any) -> "Passwords":
        """Return one line for the whole process."""
        return self

    def require_room(self, holder: str | None = None) -> None:
        """Raise HashingBusy before anything is done for somebody unknown who would not get in."""
        if holder is None:
            self._line.require_room()

    def hash(self, password: str, holder: str | None = None) -> str:
        """Return the password's hash, with salt and cost in it. Raises HashingBusy."""
        return str(self._in_thread(holder, self._argon2.hash, normal(password)))

    def verify(self, password: str, password_hash: str | None, holder: str | None = None) -> bool:
        """Return whether they belong together; without a hash no, after the same time."""
        against = password_hash or self._nobody
        right = self._in_thread(holder, self._matches, against, normal(password))
        return right and password_hash is not None

    def rehash(self, password: str, password_hash: str, holder: str | None = None) -> str | None:
        """Return the right password's hash at today's cost; None if it has that cost already."""
        outdated = self._argon2.check_needs_rehash(password_hash)
        return self.hash(password, holder) if outdated else None

    def _matches(self, password_hash: str, password: str) -> bool:
        try:
            return self._argon2.verify(password_hash, password)
        except (VerifyMismatchError, InvalidHashError):
            return False

    def _in_thread(self, holder: str | None, work: Callable[..., Any], *args: Any) -> Any:
        refuse_in_transaction("hashing")
        with self._line.turn(holder):
            return tpool.execute(work, *args)


def give_back_large_blocks() -> None:
    """Have blocks of a megabyte or more mapped, hence unmapped when they are freed.

    Left alone glibc keeps the largest block that it has freed, and does so for each thread: twenty
    threads that hash in turn keep four hundred megabytes. Other systems' libraries have no such
    setting, and need none.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, LARGE)


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
        """Hold a turn, when it comes; `holder` names who is known. Raises HashingBusy."""
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
