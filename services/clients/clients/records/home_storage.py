"""The home page: a firm's clients by name, a page at a time."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.paging import decode_cursor, page
from clients.members.tables import members
from clients.members.viewer import Viewer
from clients.records.access_storage import visible_to
from clients.records.events import Connection
from clients.records.phones import dialled
from clients.records.search import terms
from clients.records.tables import clients

UNASSIGNED = "unassigned"
MINE = "mine"

_shown = (
    clients.c.client_id,
    clients.c.number,
    clients.c.name,
    clients.c.sort_name,
    clients.c.status,
    clients.c.connection,
    (clients.c.connection == Connection.CONNECTED).label("shared"),
    clients.c.assigned_member_id,
    clients.c.tags,
    members.c.name.label("assigned_member_name"),
)


def list_clients(session: Session, viewer: Viewer, limit: int, **filters: Any) -> dict[str, Any]:
    """One page of what the viewer may see, by name; with the name of each client's member.

    ``filters`` are those of ``page_query``. Raises InvalidCursor.
    """
    found = page_query(viewer, limit, **filters).subquery()
    shown = session.execute(
        sa.select(*_shown)
        .join_from(found, clients, clients.c.client_id == found.c.client_id)
        .outerjoin(members, members.c.member_id == clients.c.assigned_member_id)
        .order_by(clients.c.sort_name, clients.c.client_id)
    )
    # A reply asks each of its fields by name, which costs a failed try each on anything but these.
    rows = shown.mappings().all()
    return page(rows, limit, key=lambda row: (row["sort_name"], row["client_id"]))


def page_query(
    viewer: Viewer,
    limit: int,
    cursor: str | None = None,
    search: str | None = None,
    assigned_to: str | None = None,
    country_code: str = "1",
) -> sa.Select[Any]:
    """The ids of a page and of one client more, in order, from an index that has it all.

    ``assigned_to`` is "mine", "unassigned" or a member's id, ``country_code`` where a number that
    is searched for is dialled. A search reads the index as far as it must, and of the clients
    themselves only those it finds.
    """
    key = sa.tuple_(clients.c.sort_name, clients.c.client_id)
    query = sa.select(clients.c.client_id).where(visible_to(viewer))
    if assigned_to is not None:
        query = query.where(_assigned(viewer, assigned_to))
    if cursor is not None:
        name, client_id = decode_cursor(cursor, str, UUID)
        query = query.where(key > sa.tuple_(sa.literal(name), sa.literal(client_id)))
    for spellings in terms(search or "", lambda typed: dialled(typed, country_code)):
        found = (clients.c.search_text.contains(one, autoescape=True) for one in spellings)
        query = query.where(sa.or_(*found))
    return query.order_by(clients.c.sort_name, clients.c.client_id).limit(limit + 1)


def _assigned(viewer: Viewer, to: str) -> sa.ColumnElement[bool]:
    if to == UNASSIGNED:
        return clients.c.assigned_member_id.is_(None)
    member_id = viewer.member_id if to == MINE else UUID(to)
    return clients.c.assigned_member_id == member_id
