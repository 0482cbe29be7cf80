"""Passwords are hashed here: beside the hub, a few at a time, never in a transaction."""

import ctypes
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from eventlet import tpool
from nameko.extensions import DependencyProvider

from chassis.calls import refuse_in_transaction
from identity.passwords.line_before import Line
from identity.passwords.password import normal

FOR_STRANGERS = 0.8  # of the workers; the others are left to those who are known, and to refusing
LARGE = 2**20  # bytes; a hash takes some twenty times as many
_M_MMAP_THRESHOLD = -3  # from <malloc.h>


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
        """One line for the whole process."""
        return self

    def require_room(self, holder: str | None = None) -> None:
        """Raise HashingBusy before anything is done for somebody unknown who would not get in."""
        if holder is None:
            self._line.require_room()

    def hash(self, password: str, holder: str | None = None) -> str:
        """The password's hash, with salt and cost in it. Raises HashingBusy."""
        return str(self._in_thread(holder, self._argon2.hash, normal(password)))

    def verify(self, password: str, password_hash: str | None, holder: str | None = None) -> bool:
        """Whether they belong together; without a hash no, after the same time."""
        against = password_hash or self._nobody
        right = self._in_thread(holder, self._matches, against, normal(password))
        return right and password_hash is not None

    def rehash(self, password: str, password_hash: str, holder: str | None = None) -> str | None:
        """The right password's hash at today's cost; None if it has that cost already."""
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
