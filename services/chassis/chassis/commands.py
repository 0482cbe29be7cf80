"""Answers already given: the same command under the same key is answered, not done, again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from chassis.batches import delete_oldest
from chassis.errors import BadRequest, Conflict
from chassis.sealing import Sealer
from chassis.tables import new_metadata

commands = new_metadata().tables["commands"]

# Run for every command, so built once.
_MINE = (
    commands.c.scope == sa.bindparam("of_scope"),
    commands.c.name == sa.bindparam("of_name"),
    commands.c.key == sa.bindparam("of_key"),
)
_ANSWERED = sa.select(commands.c.fingerprint, commands.c.answer).where(*_MINE)
OLD = delete_oldest(commands.c.answered_at, commands.c.answered_at < sa.bindparam("before"))
_RECORD = sa.update(commands).where(*_MINE).values(answer=sa.bindparam("said"))


class KeyMissing(BadRequest):
    """A command came without an idempotency key, so it could not be repeated safely."""

    code = "idempotency_key_missing"


class KeyReused(Conflict):
    """This key has already been used by this caller for something else."""

    code = "idempotency_key_reused"


@dataclass(frozen=True, slots=True)
class Claim:
    """A caller's command under its key; ``fingerprint`` tells its content from another's."""

    scope: str
    name: str
    key: str
    fingerprint: str

    def answered(self, session: Session, sealer: Sealer) -> bytes | None:
        """Return the answer given before, or None. Raises KeyReused for another content."""
        found = session.execute(_ANSWERED, self._mine()).one_or_none()
        if found is None or found.answer is None:
            return None
        if found.fingerprint != self.fingerprint:
            raise KeyReused("this idempotency key belongs to another request")
        return sealer.open(found.answer)

    def take(self, session: Session, now: datetime) -> bool:
        """Claim the key in this transaction; False if it was claimed before.

        On PostgreSQL a second one waits here until the first has ended.
        """
        row = {"scope": self.scope, "name": self.name, "key": self.key}
        values = {**row, "fingerprint": self.fingerprint, "answered_at": now}
        return bool(insert_or_skip(session, commands, values))

    def record(self, session: Session, answer: bytes, sealer: Sealer) -> None:
        """Keep the answer, in the transaction that makes it true."""
        session.execute(_RECORD, {**self._mine(), "said": sealer.seal(answer)})

    def _mine(self) -> dict[str, str]:
        return {"of_scope": self.scope, "of_name": self.name, "of_key": self.key}


def insert_or_skip(session: Session, table: sa.Table, row: Mapping[str, Any]) -> int:
    """Insert unless the key is taken, on both databases; how many rows that was: 1 or 0."""
    statement = _insert_or_skip(table, session.get_bind().dialect.name)
    return session.execute(statement, row).rowcount  # type: ignore[attr-defined,no-any-return]


@lru_cache(maxsize=100)
def _insert_or_skip(table: sa.Table, dialect: str) -> Any:
    """Built once: with the row as parameters it is compiled once, too."""
    insert = sqlite_insert if dialect == "sqlite" else postgres_insert
    return insert(table).on_conflict_do_nothing()


def sweep(session: Session, before: datetime) -> int:
    """Forget some of the answers given before that instant; how many."""
    return session.execute(OLD, {"before": before}).rowcount  # type: ignore[attr-defined,no-any-return]
