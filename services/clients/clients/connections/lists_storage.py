"""Lists of connections, a page at a time: a firm's by the client's name, an account's by age."""

from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.paging import HIGHEST_ID, LOWEST_ID, decode_cursor, page
from clients.connections.connection import AccountConnection, Stage
from clients.connections.storage import THEIRS, TOLD, client_sees, firm_sees
from clients.connections.tables import connections
from clients.members.tables import firms
from clients.members.viewer import Viewer
from clients.records.access_storage import Sight, looking, visible_to
from clients.records.tables import clients

# The ids of a page and of one connection more, from an index.
ACCOUNTS_PAGE = (
    sa.select(connections.c.connection_id)
    .where(
        connections.c.account_id == sa.bindparam("of_account"),
        connections.c.stage.in_(THEIRS),
        connections.c.connection_id < sa.bindparam("before"),
    )
    .order_by(connections.c.connection_id.desc())
    .limit(sa.bindparam("up_to", type_=sa.Integer))
)
_found = ACCOUNTS_PAGE.subquery()
_OF_ACCOUNT = (
    sa.select(AccountConnection, clients.c.name, firms.c.name.label("firm"))
    .join_from(_found, connections, connections.c.connection_id == _found.c.connection_id)
    .join(clients, clients.c.client_id == connections.c.client_id)
    .outerjoin(firms, firms.c.firm_id == clients.c.firm_id)
    .order_by(connections.c.connection_id.desc())
)


def list_connections(
    session: Session, viewer: Viewer, limit: int, cursor: str | None = None
) -> dict[str, Any]:
    """One page of the records that have or had a connection, by name. Raises InvalidCursor."""
    asked = asked_page(viewer, limit, cursor)
    rows = session.execute(_of_firm(Sight.of(viewer)), asked).all()
    found = page(rows, limit, key=lambda row: (row.sort_name, row[0].client_id))
    found["items"] = [firm_sees(row[0], row.name) for row in found["items"]]
    return found


def asked_page(viewer: Viewer, limit: int, cursor: str | None) -> dict[str, Any]:
    """Return the parameters of `firms_page`. Raises InvalidCursor."""
    name, client_id = decode_cursor(cursor, str, UUID) if cursor is not None else ("", LOWEST_ID)
    behind = {"after_name": name, "after_id": client_id, "up_to": limit + 1}
    return {**looking(viewer), **behind}


@cache
def firms_page(sight: Sight) -> sa.Select[Any]:
    """The ids of such records, a page of them and one more, from an index that has only them."""
    key = (clients.c.sort_name, clients.c.client_id)
    after = sa.bindparam("after_name", type_=sa.String), sa.bindparam("after_id", type_=sa.Uuid)
    # Written out, not bound: only then is it seen that the partial index has the answer.
    connected = sa.text("clients.connection <> 'none'")
    query = sa.select(clients.c.client_id).where(visible_to(sight), connected)
    behind = query.where(sa.tuple_(*key) > sa.tuple_(*after))
    return behind.order_by(*key).limit(sa.bindparam("up_to", type_=sa.Integer))


@cache
def _of_firm(sight: Sight) -> sa.Select[Any]:
    found = firms_page(sight).subquery()
    of_client = connections.alias()
    newest = (
        sa.select(of_client.c.connection_id)
        .where(of_client.c.client_id == found.c.client_id, of_client.c.stage.in_(TOLD))
        .order_by(of_client.c.connection_id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        sa.select(AccountConnection, clients.c.name, clients.c.sort_name)
        .join_from(found, clients, clients.c.client_id == found.c.client_id)
        .join(connections, connections.c.connection_id == newest)
        .order_by(clients.c.sort_name, clients.c.client_id)
    )


def list_of_account(
    session: Session, account_id: UUID, limit: int, cursor: str | None = None
) -> dict[str, Any]:
    """One page of the connections this account accepted, newest first. Raises InvalidCursor."""
    before = HIGHEST_ID if cursor is None else decode_cursor(cursor, UUID)[0]
    asked = {"of_account": account_id, "before": before, "up_to": limit + 1}
    rows = session.execute(_OF_ACCOUNT, asked).all()
    found = page(rows, limit, key=lambda row: (row[0].connection_id,))
    found["items"] = [_client_sees_now(*row) for row in found["items"]]
    return found


def _client_sees_now(connection: AccountConnection, name: str, firm: str | None) -> dict[str, Any]:
    """The row with the names of today; after the end those of that day, nothing newer (Q9)."""
    row = client_sees(connection)
    if connection.stage is Stage.CONNECTED:
        row |= {"client_name": name, "firm_name": firm or connection.firm_name}
    return row
