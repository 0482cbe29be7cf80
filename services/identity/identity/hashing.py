"""Passwords are hashed here: beside the hub, a few at a time, never in a transaction."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from eventlet import tpool
from eventlet.semaphore import Semaphore
from nameko.extensions import DependencyProvider

from chassis.calls import refuse_in_transaction
from chassis.errors import Unavailable
from identity.domain.password import normal


class HashingBusy(Unavailable):
    """Too many logins at once; `retry_after` in the details is in seconds."""

    code = "hashing_busy"


class Passwords(DependencyProvider):
    """argon2id at the configured cost. Each call waits in a thread, and in line before that."""

    def setup(self) -> None:
        """Read the costs, and make the hash that unknown addresses are compared with."""
        section = self.container.config["chambers"].service(self.container.service_name)
        self._argon2 = PasswordHasher(
            time_cost=section["argon2_time_cost"],
            memory_cost=section["argon2_memory_kib"],
            parallelism=1,
            type=Type.ID,
        )
        self._turns = Semaphore(section["hash_threads"])
        self._patience = section["hash_wait"]
        # Made before it is needed, or the first unknown address would take twice as long.
        self._nobody = self._argon2.hash(secrets.token_urlsafe(32))

    def get_dependency(self, worker_ctx: Any) -> "Passwords":
        """One line for the whole process."""
        return self

    def hash(self, password: str) -> str:
        """The password's hash, with salt and cost in it. Raises HashingBusy."""
        return str(self._in_thread(self._argon2.hash, normal(password)))

    def verify(self, password: str, password_hash: str | None) -> bool:
        """Whether they belong together; without a hash no, after the same time."""
        right = self._in_thread(self._matches, password_hash or self._nobody, normal(password))
        return right and password_hash is not None

    def rehash(self, password: str, password_hash: str) -> str | None:
        """The right password's hash at today's cost; None if it has that cost already."""
        outdated = self._argon2.check_needs_rehash(password_hash)
        return self.hash(password) if outdated else None

    def _matches(self, password_hash: str, password: str) -> bool:
        try:
            return self._argon2.verify(password_hash, password)
        except (VerifyMismatchError, InvalidHashError):
            return False

    def _in_thread(self, work: Callable[..., Any], *args: Any) -> Any:
        refuse_in_transaction("hashing")
        with self._turn():
            return tpool.execute(work, *args)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=self._patience):
            raise HashingBusy("Too many people are logging in.", retry_after=self._patience)
        try:
            yield
        finally:
            self._turns.release()
