"""Copies of what other services own: the newest is kept, and the owner asked where one may lag."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from marshmallow import Schema
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from chassis.calls import Call
from chassis.errors import NotFound
from chassis.preparing import Prepare
from chassis.schemas import load

Whose = Callable[[Call, Mapping[str, Any]], UUID]
Suffices = Callable[[Session, UUID], bool]
Ask = Callable[[Any, UUID], Any]


def keep_newest(session: Session, table: sa.Table, state: Mapping[str, Any]) -> bool:
    """Keep what ``state`` tells of the table's columns; return False if as new a one was kept.

    One statement by ``version``, so that news in the wrong order or at the same moment end alike.
    """
    told = {column.name: state[column.name] for column in table.columns if column.name in state}
    statement = _keep_newest(table, frozenset(told), session.get_bind().dialect.name)
    return bool(session.execute(statement, told).rowcount)  # type: ignore[attr-defined]


def of_caller(call: Call, _request: Mapping[str, Any]) -> UUID:
    """Return the account of whoever calls."""
    if call.actor is None or call.actor.account_id is None:
        raise RuntimeError("no person calls")
    return call.actor.account_id


def of_request(_call: Call, request: Mapping[str, Any]) -> UUID:
    """Return the account that another service asks for."""
    account_id: UUID = request["account_id"]
    return account_id


def refresh_unless(suffices: Suffices, ask: Ask, whose: Whose = of_caller) -> Prepare:
    """Return a preparation that has the owner asked once where what is kept does not suffice.

    ``suffices(session, account_id)`` looks at the copy, and ``ask(service, account_id)`` takes
    over what the owner says; so nobody is refused as news of them is late.
    """

    def prepare(service: Any, call: Call, request: dict[str, Any]) -> dict[str, Any]:
        account_id = whose(call, request)
        with service.db.transaction(read_only=True) as tx:
            enough = suffices(tx.session, account_id)
        if not enough:
            ask(service, account_id)
        return request

    return prepare


def ask_owner(question: Callable[[], Any], answer: type[Schema]) -> dict[str, Any] | None:
    """Return what the owner answers, by the parts that are read here; None where there is nothing.

    Raises Unavailable or DeadlineExceeded when the owner does not answer.
    """
    try:
        told = question()
    except NotFound:
        return None
    return load(answer(), told)


@lru_cache(maxsize=100)
def _keep_newest(table: sa.Table, told: frozenset[str], dialect: str) -> Any:
    insert = (sqlite_insert if dialect == "sqlite" else postgres_insert)(table)
    key = [column.name for column in table.primary_key]
    return insert.on_conflict_do_update(
        index_elements=key,
        set_={name: insert.excluded[name] for name in sorted(told.difference(key))},
        where=table.c.version < insert.excluded.version,
    )
