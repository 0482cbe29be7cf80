"""Shared entries: read only inside what the reader may see."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.paging import decode_cursor, page
from clients.connections.storage import THEIRS
from clients.connections.tables import connections
from clients.entries.entry import Entry, EntryVersion
from clients.entries.errors import EntryNotFound
from clients.entries.events import Section
from clients.entries.tables import entries, entry_versions
from clients.members.viewer import Viewer
from clients.records.access_storage import visible_to
from clients.records.errors import ClientNotFound
from clients.records.tables import clients

Scope = sa.ColumnElement[bool]


def seen_by_member(viewer: Viewer) -> Scope:
    """The entries of clients that this member may see."""
    return sa.exists().where(clients.c.client_id == entries.c.client_id, visible_to(viewer))


def seen_by_account(account_id: UUID) -> Scope:
    """The entries shared in connections that this account accepted."""
    return sa.exists().where(
        connections.c.connection_id == entries.c.connection_id, *_accepted(account_id)
    )


def require_tied(session: Session, account_id: UUID, client_id: UUID) -> None:
    """Raises ClientNotFound unless the account is, or was, connected with this record."""
    tied = sa.select(connections.c.connection_id).where(
        connections.c.client_id == client_id, *_accepted(account_id)
    )
    if session.execute(tied.limit(1)).first() is None:
        raise ClientNotFound("there is no such client")


def share_drafts(session: Session, client_id: UUID, connection_id: UUID) -> None:
    """What the firm had prepared is shared from now on; what it had thrown away is not."""
    drafts = sa.update(entries).where(
        entries.c.client_id == client_id,
        entries.c.connection_id.is_(None),
        entries.c.deleted.is_(False),
    )
    session.execute(drafts.values(connection_id=connection_id, shared_from=entries.c.version))


def get_entry(session: Session, scope: Scope, entry_id: UUID) -> Entry:
    """The entry, deleted or not. Raises EntryNotFound."""
    return _one(session, sa.select(Entry).where(scope), entry_id)


def lock_entry(session: Session, scope: Scope, client_id: UUID, entry_id: UUID) -> Entry:
    """An entry of this client, whose row is held, and so is this. Raises EntryNotFound."""
    of_client = sa.select(Entry).where(scope, entries.c.client_id == client_id)
    return _one(session, of_client.with_for_update(of=entries), entry_id)


def list_entries(
    session: Session,
    scope: Scope,
    client_id: UUID,
    limit: int,
    section: Section | None = None,
    cursor: str | None = None,
) -> dict[str, Any]:
    """One page of a client's entries, the newest first, without deleted ones."""
    rows = session.scalars(entries_query(scope, client_id, limit, section, cursor)).all()
    return page(rows, limit, key=lambda entry: (entry.entry_id,))


def entries_query(
    scope: Scope,
    client_id: UUID,
    limit: int,
    section: Section | None = None,
    cursor: str | None = None,
) -> sa.Select[Any]:
    """The entries of a page and one more, in order, from an index. Raises InvalidCursor."""
    query = sa.select(Entry).where(
        scope, entries.c.client_id == client_id, entries.c.deleted.is_(False)
    )
    if section is not None:
        query = query.where(entries.c.section == section)
    if cursor is not None:
        query = query.where(entries.c.entry_id < decode_cursor(cursor, UUID)[0])
    return query.order_by(entries.c.entry_id.desc()).limit(limit + 1)


def list_versions(
    session: Session, entry: Entry, since: int, limit: int, cursor: str | None = None
) -> dict[str, Any]:
    """One page of an entry's versions from ``since`` on, the newest first."""
    query = sa.select(EntryVersion).where(
        entry_versions.c.entry_id == entry.entry_id, entry_versions.c.version >= since
    )
    if cursor is not None:
        query = query.where(entry_versions.c.version < decode_cursor(cursor, int)[0])
    query = query.order_by(entry_versions.c.version.desc()).limit(limit + 1)
    return page(session.scalars(query).all(), limit, key=lambda version: (version.version,))


def _accepted(account_id: UUID) -> tuple[Scope, Scope]:
    return (connections.c.account_id == account_id, connections.c.stage.in_(THEIRS))


def _one(session: Session, query: sa.Select[Entry], entry_id: UUID) -> Entry:
    fresh = query.where(entries.c.entry_id == entry_id).execution_options(populate_existing=True)
    entry = session.scalars(fresh).one_or_none()
    if entry is None:
        raise EntryNotFound("there is no such entry")
    return entry
