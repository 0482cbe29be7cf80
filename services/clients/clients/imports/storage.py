"""What an import has to know before it judges, and what it leaves behind."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clients.imports.likeness import Traits
from clients.imports.tables import imported_rows
from clients.imports.verdicts import Earlier, Key, Known, Match, Row, Sign
from clients.members.viewer import Viewer
from clients.records.access_storage import visible_to
from clients.records.details import ContactKind
from clients.records.tables import clients, contacts

_who = (
    clients.c.client_id,
    clients.c.name,
    clients.c.given_name,
    clients.c.family_name,
    clients.c.birth_date,
)
_SIGNS = {ContactKind.EMAIL: Sign.EMAIL, ContactKind.PHONE: Sign.PHONE}
Found = list[tuple[Key, Any]]  # clients, each under a key by which it is known


def known_clients(session: Session, viewer: Viewer, keys: Iterable[Key]) -> Known:
    """Which of these keys belong to clients there already, the oldest first.

    Only clients that the importer may see count: a verdict must not tell of others.
    """
    wanted: dict[Sign, set[str]] = {sign: set() for sign in Sign}
    for sign, value in keys:
        wanted[sign].add(value)
    found = [
        *_by_external_id(session, viewer, wanted[Sign.EXTERNAL_ID]),
        *_by_contact(session, viewer, wanted[Sign.EMAIL] | wanted[Sign.PHONE]),
        *_by_birth(session, viewer, wanted[Sign.NAME_AND_BIRTH_DATE]),
    ]
    known = Known()
    for key, row in sorted(found, key=lambda match: match[1].client_id):
        person = Traits.named(row.given_name, row.family_name, row.name, row.birth_date)
        known.add(key, Match(row.client_id, name=row.name), person)
    return known


def _by_external_id(session: Session, viewer: Viewer, values: set[str]) -> Found:
    query = sa.select(*_who, clients.c.external_id)
    rows = session.execute(query.where(visible_to(viewer), clients.c.external_id.in_(values)))
    return [((Sign.EXTERNAL_ID, row.external_id), row) for row in rows]


def _by_contact(session: Session, viewer: Viewer, values: set[str]) -> Found:
    query = sa.select(*_who, contacts.c.kind, contacts.c.value).join_from(contacts, clients)
    rows = session.execute(query.where(visible_to(viewer), contacts.c.value.in_(values)))
    return [((_SIGNS[row.kind], row.value), row) for row in rows]


def _by_birth(session: Session, viewer: Viewer, values: set[str]) -> Found:
    names = {value.rpartition("|")[0] for value in values}
    query = sa.select(*_who, clients.c.sort_name)
    namesakes = query.where(visible_to(viewer), clients.c.sort_name.in_(names))
    rows = session.execute(namesakes.where(clients.c.birth_date.is_not(None)))
    return [((Sign.NAME_AND_BIRTH_DATE, f"{row.sort_name}|{row.birth_date}"), row) for row in rows]


def earlier_rows(
    session: Session, firm_id: UUID, batch_id: UUID, rows: Iterable[int]
) -> dict[int, Earlier]:
    """Which of these rows of the batch became clients before."""
    done = sa.select(imported_rows).where(
        imported_rows.c.firm_id == firm_id,
        imported_rows.c.batch_id == batch_id,
        imported_rows.c.row.in_(rows),
    )
    found = session.execute(done)
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
        session.flush()  # the clients first: the rows point at them
        session.execute(sa.insert(imported_rows), values)
