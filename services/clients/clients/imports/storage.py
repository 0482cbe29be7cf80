"""What an import has to know before it judges, and what it leaves behind."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clients.imports.likeness import Traits
from clients.imports.tables import imported_rows
from clients.imports.verdicts import Earlier, Key, Known, Match, MatchedBy, Row
from clients.members.viewer import Viewer
from clients.records.access_storage import Sight, looking, visible_to
from clients.records.details import ContactKind
from clients.records.tables import clients, contacts

_who = (
    clients.c.client_id,
    clients.c.name,
    clients.c.given_name,
    clients.c.family_name,
    clients.c.birth_date,
)
_EARLIER = sa.select(imported_rows).where(
    imported_rows.c.firm_id == sa.bindparam("of_firm"),
    imported_rows.c.batch_id == sa.bindparam("of_batch"),
    imported_rows.c.row.in_(sa.bindparam("rows", expanding=True)),
)
_RECORD = sa.insert(imported_rows)
_SIGNS = {ContactKind.EMAIL: MatchedBy.EMAIL, ContactKind.PHONE: MatchedBy.PHONE}
Found = list[tuple[Key, Any]]  # clients, each under a key by which it is known


def known_clients(session: Session, viewer: Viewer, keys: Iterable[Key]) -> Known:
    """Return which of these keys belong to clients there already, the oldest first.

    Only clients that the importer may see count: a verdict must not tell of others.
    """
    wanted: dict[MatchedBy, set[str]] = {sign: set() for sign in MatchedBy}
    for sign, value in keys:
        wanted[sign].add(value)
    found = [
        *_by_external_id(session, viewer, wanted[MatchedBy.EXTERNAL_ID]),
        *_by_contact(session, viewer, wanted[MatchedBy.EMAIL] | wanted[MatchedBy.PHONE]),
        *_by_birth(session, viewer, wanted[MatchedBy.NAME_AND_BIRTH_DATE]),
    ]
    known = Known()
    for key, row in sorted(found, key=lambda match: match[1].client_id):
        person = Traits.named(row.given_name, row.family_name, row.name, row.birth_date)
        known.add(key, Match(row.client_id, name=row.name), person)
    return known


def _by_external_id(session: Session, viewer: Viewer, values: set[str]) -> Found:
    rows = session.execute(_having_id(Sight.of(viewer)), _among(viewer, values))
    return [((MatchedBy.EXTERNAL_ID, row.external_id), row) for row in rows]


def _by_contact(session: Session, viewer: Viewer, values: set[str]) -> Found:
    rows = session.execute(_having_contact(Sight.of(viewer)), _among(viewer, values))
    return [((_SIGNS[row.kind], row.value), row) for row in rows]


def _by_birth(session: Session, viewer: Viewer, values: set[str]) -> Found:
    names = {value.rpartition("|")[0] for value in values}
    rows = session.execute(_namesakes(Sight.of(viewer)), _among(viewer, names))
    return [
        ((MatchedBy.NAME_AND_BIRTH_DATE, f"{row.sort_name}|{row.birth_date}"), row) for row in rows
    ]


def _among(viewer: Viewer, values: set[str]) -> dict[str, Any]:
    return {**looking(viewer), "values": list(values)}


_VALUES: sa.BindParameter[Any] = sa.bindparam("values", expanding=True)


@cache
def _having_id(sight: Sight) -> sa.Select[Any]:
    theirs = sa.select(*_who, clients.c.external_id).where(visible_to(sight))
    return theirs.where(clients.c.external_id.in_(_VALUES))


@cache
def _having_contact(sight: Sight) -> sa.Select[Any]:
    theirs = sa.select(*_who, contacts.c.kind, contacts.c.value).join_from(contacts, clients)
    return theirs.where(visible_to(sight), contacts.c.value.in_(_VALUES))


@cache
def _namesakes(sight: Sight) -> sa.Select[Any]:
    born = sa.select(*_who, clients.c.sort_name).where(clients.c.birth_date.is_not(None))
    return born.where(visible_to(sight), clients.c.sort_name.in_(_VALUES))


def earlier_rows(
    session: Session, firm_id: UUID, batch_id: UUID, rows: Iterable[int]
) -> dict[int, Earlier]:
    """Return which of these rows of the batch became clients before."""
    asked = {"of_firm": firm_id, "of_batch": batch_id, "rows": list(rows)}
    found = session.execute(_EARLIER, asked)
    return {row.row: Earlier(row.fingerprint, row.client_id) for row in found}


def record_rows(
    session: Session, firm_id: UUID, batch_id: UUID, made: Mapping[Row, Earlier], now: datetime
) -> None:
    """Remember which rows became which clients."""
    same = {"firm_id": firm_id, "batch_id": batch_id, "imported_at": now}
    values = [
        {**same, "row": row.row, "fingerprint": done.fingerprint, "client_id": done.client_id}
        for row, done in made.items()
    ]
    if values:
        session.execute(_RECORD, values)
