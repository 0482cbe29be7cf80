"""Connections: whoever changes one holds its client's row first, so that all are in one order."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.paging import decode_cursor, page
from clients.connections.connection import AccountConnection, ConnectionLink, Stage
from clients.connections.errors import ConnectionNotFound
from clients.connections.tables import CURRENT, connections
from clients.members.member import Standing
from clients.members.tables import firms, members
from clients.members.viewer import Viewer
from clients.records import storage as records
from clients.records.access_storage import visible_to
from clients.records.client import Client
from clients.records.events import Connection
from clients.records.tables import clients

REQUESTED, CONNECTED = Connection.REQUESTED, Connection.CONNECTED
ASKED_AT_ONCE = 500
TOLD = (Stage.REQUESTED, Stage.CONNECTED, Stage.ENDED)  # the rest is "not connected" (Q8)
THEIRS = (Stage.CONNECTED, Stage.ENDED)


def find_current(session: Session, client_id: UUID) -> AccountConnection | None:
    """The record's connection that is asked for or accepted; the client's row is held."""
    query = sa.select(AccountConnection).where(connections.c.client_id == client_id, CURRENT)
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def list_tied(session: Session, going: Iterable[Client]) -> dict[UUID, AccountConnection]:
    """The current connections of these clients, by client; the clients' rows are held."""
    tied = [one.client_id for one in going if one.connection in (REQUESTED, CONNECTED)]
    found: dict[UUID, AccountConnection] = {}
    for start in range(0, len(tied), ASKED_AT_ONCE):
        some = tied[start : start + ASKED_AT_ONCE]
        query = sa.select(AccountConnection).where(connections.c.client_id.in_(some), CURRENT)
        for one in session.scalars(query.execution_options(populate_existing=True)):
            found[one.client_id] = one
    return found


def require_firms_own(session: Session, viewer: Viewer, connection_id: UUID) -> None:
    """Raises ConnectionNotFound unless it is of a client that this member may see."""
    query = (
        sa.select(connections.c.client_id)
        .join_from(connections, clients)
        .where(connections.c.connection_id == connection_id, visible_to(viewer))
    )
    _there(session.scalar(query))


def require_accounts_own(session: Session, account_id: UUID, connection_id: UUID) -> None:
    """Raises ConnectionNotFound unless this account has accepted it."""
    query = sa.select(connections.c.client_id).where(
        connections.c.connection_id == connection_id, connections.c.account_id == account_id
    )
    _there(session.scalar(query))


def get_link(session: Session, token_hash: str) -> ConnectionLink:
    """The link with this token. Raises ConnectionNotFound."""
    return _there(session.get(ConnectionLink, token_hash))


def get_connection(session: Session, connection_id: UUID) -> AccountConnection:
    """The connection, of whatever firm: for services and holders of a link only."""
    return _there(session.get(AccountConnection, connection_id, populate_existing=True))


def lock_connection(session: Session, connection_id: UUID) -> tuple[Client, AccountConnection]:
    """A connection and its client, both held, for whoever was allowed beforehand."""
    of = sa.select(connections.c.client_id).where(connections.c.connection_id == connection_id)
    client = records.lock_any_client(session, _there(session.scalar(of)))
    connection = session.get(
        AccountConnection, connection_id, with_for_update=True, populate_existing=True
    )
    return client, _there(connection)


def name_of_holder(session: Session, client_id: UUID) -> str:
    """The name of the firm that holds the record; empty while groups has not told it."""
    holder = sa.select(firms.c.name).join_from(clients, firms, firms.c.firm_id == clients.c.firm_id)
    return session.scalar(holder.where(clients.c.client_id == client_id)) or ""


def asks_still(session: Session, connection: AccountConnection) -> bool:
    """Whether who asked is an active member of the firm that holds the record."""
    if connection.requested_by_member_id is None:
        asker = members.c.email == connection.requested_by_email
    else:
        asker = members.c.member_id == connection.requested_by_member_id
    there = (
        sa.select(members.c.member_id)
        .join_from(members, clients, clients.c.firm_id == members.c.firm_id)
        .where(clients.c.client_id == connection.client_id, asker)
        .where(members.c.status == Standing.ACTIVE)
    )
    return session.scalar(there.limit(1)) is not None


def overdue_requests(now: datetime) -> sa.Select[tuple[UUID]]:
    """Selects connections whose request nobody answered in time."""
    return sa.select(connections.c.connection_id).where(
        connections.c.stage == Stage.REQUESTED, connections.c.expires_at <= now
    )


def current_of_firm(session: Session, firm_id: UUID) -> list[UUID]:
    """Connections of the firm's records that are open or asked for."""
    of_firm = sa.select(connections.c.connection_id).join_from(connections, clients)
    current = of_firm.where(clients.c.firm_id == firm_id, CURRENT)
    return list(session.scalars(current.order_by(connections.c.connection_id)))


def current_of_account(session: Session, account_id: UUID) -> list[UUID]:
    """Connections that this account accepted and that have not ended."""
    mine = sa.select(connections.c.connection_id).where(connections.c.account_id == account_id)
    return list(session.scalars(mine.where(CURRENT).order_by(connections.c.connection_id)))


def follow_account(session: Session, account: dict[str, Any]) -> None:
    """Keep how an account is called and reached now; older news than ours change nothing."""
    mine = sa.update(connections).where(connections.c.account_id == account["account_id"], CURRENT)
    known = sa.func.coalesce(connections.c.account_version, 0)
    session.execute(
        mine.where(known < account["version"]).values(
            account_name=account["name"],
            email=account["email"],
            account_version=account["version"],
        )
    )


def list_connections(
    session: Session, viewer: Viewer, limit: int, cursor: str | None = None
) -> dict[str, Any]:
    """One page of the records that have or had a connection, by name. Raises InvalidCursor."""
    found = connected_query(viewer, limit, cursor).subquery()
    of_client = connections.alias()
    newest = (
        sa.select(of_client.c.connection_id)
        .where(of_client.c.client_id == found.c.client_id, of_client.c.stage.in_(TOLD))
        .order_by(of_client.c.connection_id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        sa.select(AccountConnection, clients.c.name, clients.c.sort_name)
        .join_from(found, clients, clients.c.client_id == found.c.client_id)
        .join(connections, connections.c.connection_id == newest)
        .order_by(clients.c.sort_name, clients.c.client_id)
    )
    rows = session.execute(query).all()
    found_page = page(rows, limit, key=lambda row: (row.sort_name, row[0].client_id))
    found_page["items"] = [firm_sees(row[0], row.name) for row in found_page["items"]]
    return found_page


def connected_query(viewer: Viewer, limit: int, cursor: str | None = None) -> sa.Select[Any]:
    """The ids of such records, a page of them and one more, from an index that has only them."""
    key = sa.tuple_(clients.c.sort_name, clients.c.client_id)
    # Written out, not bound: only then is it seen that the partial index has the answer.
    connected = sa.text("clients.connection <> 'none'")
    query = sa.select(clients.c.client_id).where(visible_to(viewer), connected)
    if cursor is not None:
        name, client_id = decode_cursor(cursor, str, UUID)
        query = query.where(key > sa.tuple_(sa.literal(name), sa.literal(client_id)))
    return query.order_by(clients.c.sort_name, clients.c.client_id).limit(limit + 1)


def list_of_account(
    session: Session, account_id: UUID, limit: int, cursor: str | None = None
) -> dict[str, Any]:
    """One page of the connections this account accepted, newest first."""
    found = account_query(account_id, limit, cursor).subquery()
    query = (
        sa.select(AccountConnection, clients.c.name, firms.c.name.label("firm"))
        .join_from(found, connections, connections.c.connection_id == found.c.connection_id)
        .join(clients, clients.c.client_id == connections.c.client_id)
        .outerjoin(firms, firms.c.firm_id == clients.c.firm_id)
        .order_by(connections.c.connection_id.desc())
    )
    rows = session.execute(query).all()
    found_page = page(rows, limit, key=lambda row: (row[0].connection_id,))
    found_page["items"] = [_client_sees_now(*row) for row in found_page["items"]]
    return found_page


def account_query(account_id: UUID, limit: int, cursor: str | None = None) -> sa.Select[Any]:
    """The ids of a page and of one connection more, from an index. Raises InvalidCursor."""
    query = sa.select(connections.c.connection_id).where(
        connections.c.account_id == account_id, connections.c.stage.in_(THEIRS)
    )
    if cursor is not None:
        query = query.where(connections.c.connection_id < decode_cursor(cursor, UUID)[0])
    return query.order_by(connections.c.connection_id.desc()).limit(limit + 1)


def firm_sees(connection: AccountConnection, client_name: str) -> dict[str, Any]:
    """The row for the firm: of a request that came to nothing only that it is not connected."""
    told = connection.stage if connection.stage in TOLD else "not_connected"
    return {**vars(connection), "client_name": client_name, "connection": told}


def client_sees(connection: AccountConnection) -> dict[str, Any]:
    """The row for the client, with the names as they were last shown."""
    return {**vars(connection), "connection": connection.stage}


def _client_sees_now(connection: AccountConnection, name: str, firm: str | None) -> dict[str, Any]:
    """The row with the names of today; after the end those of that day, nothing newer (Q9)."""
    row = client_sees(connection)
    if connection.stage is Stage.CONNECTED:
        row |= {"client_name": name, "firm_name": firm or connection.firm_name}
    return row


def _there(found: Any) -> Any:
    if found is None:
        raise ConnectionNotFound("there is no such connection")
    return found
