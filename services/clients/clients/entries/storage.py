"""Shared entries: read only inside what the reader may see."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.paging import Paged
from clients.connections.storage import THEIRS
from clients.connections.tables import connections
from clients.entries.entry import Entry, EntryVersion
from clients.entries.errors import EntryNotFound
from clients.entries.events import Section
from clients.entries.tables import entries, entry_versions
from clients.members.viewer import Viewer
from clients.records.access_storage import Condition, Sight, looking, visible_to
from clients.records.errors import ClientNotFound
from clients.records.tables import clients

_ACCEPTED = (
    connections.c.account_id == sa.bindparam("viewer_account_id"),
    connections.c.stage.in_(THEIRS),
)
_TIED = (
    sa.select(connections.c.connection_id)
    .where(connections.c.client_id == sa.bindparam("of_client"), *_ACCEPTED)
    .limit(1)
)
_SHARE_DRAFTS = (
    sa.update(entries)
    .where(
        entries.c.client_id == sa.bindparam("of_client"),
        entries.c.connection_id.is_(None),
        entries.c.deleted.is_(False),
    )
    .values(connection_id=sa.bindparam("shared_in"), shared_from=entries.c.version)
)
_VERSIONS = Paged(
    sa.select(EntryVersion).where(
        entry_versions.c.entry_id == sa.bindparam("of_entry"),
        entry_versions.c.version >= sa.bindparam("since"),
    ),
    entry_versions.c.version,
    descending=True,
)


@dataclass(frozen=True)
class Scope:
    """Which entries somebody may see: a member with some sight, or, without, an account."""

    sight: Sight | None
    looking: dict[str, Any] = field(compare=False)


def seen_by_member(viewer: Viewer) -> Scope:
    """Return the entries of clients that this member may see."""
    return Scope(Sight.of(viewer), looking(viewer))


def seen_by_account(account_id: UUID) -> Scope:
    """Return the entries shared in connections that this account accepted."""
    return Scope(None, {"viewer_account_id": account_id})


def require_tied(session: Session, account_id: UUID, client_id: UUID) -> None:
    """Raise ClientNotFound unless the account is, or was, connected with this record."""
    asked = {"of_client": client_id, "viewer_account_id": account_id}
    if session.execute(_TIED, asked).first() is None:
        raise ClientNotFound("there is no such client")


def share_drafts(session: Session, client_id: UUID, connection_id: UUID) -> None:
    """Share what the firm had prepared from now on, but not what it had thrown away."""
    session.execute(_SHARE_DRAFTS, {"of_client": client_id, "shared_in": connection_id})


def get_entry(session: Session, scope: Scope, entry_id: UUID) -> Entry:
    """Return the entry, deleted or not. Raises EntryNotFound."""
    return _one(session, _entry(scope.sight), scope, of_entry=entry_id)


def lock_entry(session: Session, scope: Scope, client_id: UUID, entry_id: UUID) -> Entry:
    """Return an entry of this client, whose row is held, and so is this. Raises EntryNotFound."""
    held = _entry_held(scope.sight)
    return _one(session, held, scope, of_entry=entry_id, of_client=client_id)


def list_entries(
    session: Session,
    scope: Scope,
    client_id: UUID,
    limit: int,
    section: Section | None = None,
    cursor: str | None = None,
) -> dict[str, Any]:
    """Return one page of a client's entries, the newest first, without deleted ones.

    Raises InvalidCursor.
    """
    asked = {**scope.looking, "of_client": client_id}
    if section is not None:
        asked["of_section"] = section
    return entries_by_page(scope.sight, section is not None).read(session, limit, cursor, **asked)


@cache
def entries_by_page(sight: Sight | None, of_section: bool) -> Paged:
    """Return the list of entries not deleted, by age; each page from an index in its order."""
    query = sa.select(Entry).where(
        _seen(sight), entries.c.client_id == sa.bindparam("of_client"), entries.c.deleted.is_(False)
    )
    if of_section:
        query = query.where(entries.c.section == sa.bindparam("of_section"))
    return Paged(query, entries.c.entry_id, descending=True)


def list_versions(
    session: Session, entry: Entry, since: int, limit: int, cursor: str | None = None
) -> dict[str, Any]:
    """Return one page of an entry's versions from ``since`` on, the newest first.

    Raises InvalidCursor.
    """
    return _VERSIONS.read(session, limit, cursor, of_entry=entry.entry_id, since=since)


def _seen(sight: Sight | None) -> Condition:
    if sight is None:
        return sa.exists().where(connections.c.connection_id == entries.c.connection_id, *_ACCEPTED)
    return sa.exists().where(clients.c.client_id == entries.c.client_id, visible_to(sight))


@cache
def _entry(sight: Sight | None) -> sa.Select[Entry]:
    one = sa.select(Entry).where(_seen(sight), entries.c.entry_id == sa.bindparam("of_entry"))
    return one.execution_options(populate_existing=True)


@cache
def _entry_held(sight: Sight | None) -> sa.Select[Entry]:
    of_client = _entry(sight).where(entries.c.client_id == sa.bindparam("of_client"))
    return of_client.with_for_update(of=entries)


def _one(session: Session, query: sa.Select[Entry], scope: Scope, **asked: UUID) -> Entry:
    entry = session.scalars(query, {**scope.looking, **asked}).one_or_none()
    if entry is None:
        raise EntryNotFound("there is no such entry")
    return entry
