"""Connections: whoever changes one holds its client's row first, so that all are in one order."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clients.connections.connection import AccountConnection, ConnectionLink, Stage
from clients.connections.errors import ConnectionNotFound
from clients.connections.tables import CURRENT, connections
from clients.members.member import MemberStatus
from clients.members.tables import firms, members
from clients.members.viewer import Viewer
from clients.records import storage as records
from clients.records.access_storage import Sight, looking, visible_to
from clients.records.client import Client
from clients.records.events import Connection
from clients.records.tables import clients

REQUESTED, CONNECTED = Connection.REQUESTED, Connection.CONNECTED
ASKED_AT_ONCE = 500
TOLD = (Stage.REQUESTED, Stage.CONNECTED, Stage.ENDED)  # the rest is "not connected" (Q8)
THEIRS = (Stage.CONNECTED, Stage.ENDED)

_OF_CLIENT = connections.c.client_id == sa.bindparam("of_client")
_IS_ONE = connections.c.connection_id == sa.bindparam("of_connection")
_OF_ACCOUNT = connections.c.account_id == sa.bindparam("of_account")
_FRESH = {"populate_existing": True}
_CURRENT_ONE = sa.select(AccountConnection).where(_OF_CLIENT, CURRENT).execution_options(**_FRESH)
_CURRENT_SOME = (
    sa.select(AccountConnection)
    .where(connections.c.client_id.in_(sa.bindparam("of_clients", expanding=True)), CURRENT)
    .execution_options(**_FRESH)
)
_CLIENT = sa.select(connections.c.client_id).where(_IS_ONE)
_CLIENT_OF_ACCOUNT = _CLIENT.where(_OF_ACCOUNT)
_HOLDER = (
    sa.select(firms.c.name)
    .join_from(clients, firms, firms.c.firm_id == clients.c.firm_id)
    .where(clients.c.client_id == sa.bindparam("of_client"))
)
_ASKER = (
    sa.select(members.c.member_id)
    .join_from(members, clients, clients.c.firm_id == members.c.firm_id)
    .where(
        clients.c.client_id == sa.bindparam("of_client"), members.c.status == MemberStatus.ACTIVE
    )
    .limit(1)
)
_ASKER_BY_ID = _ASKER.where(members.c.member_id == sa.bindparam("asker"))
_ASKER_BY_EMAIL = _ASKER.where(members.c.email == sa.bindparam("asker"))
_OVERDUE = sa.select(connections.c.connection_id).where(
    connections.c.stage == Stage.REQUESTED, connections.c.expires_at <= sa.bindparam("now")
)
_OF_FIRM = (
    sa.select(connections.c.connection_id)
    .join_from(connections, clients)
    .where(clients.c.firm_id == sa.bindparam("of_firm"), CURRENT)
    .order_by(connections.c.connection_id)
)
_MINE = (
    sa.select(connections.c.connection_id)
    .where(_OF_ACCOUNT, CURRENT)
    .order_by(connections.c.connection_id)
)
_FOLLOW = (
    sa.update(connections)
    .where(
        _OF_ACCOUNT,
        CURRENT,
        sa.func.coalesce(connections.c.account_version, 0) < sa.bindparam("newer"),
    )
    .values(
        account_name=sa.bindparam("called"),
        email=sa.bindparam("reached"),
        account_version=sa.bindparam("newer"),
    )
)


def find_current(session: Session, client_id: UUID) -> AccountConnection | None:
    """Return the record's connection that is asked for or accepted; the client's row is held."""
    return session.scalars(_CURRENT_ONE, {"of_client": client_id}).one_or_none()


def list_tied(session: Session, going: Iterable[Client]) -> dict[UUID, AccountConnection]:
    """Return the current connections of these clients, by client; the clients' rows are held."""
    tied = [one.client_id for one in going if one.connection in (REQUESTED, CONNECTED)]
    found: dict[UUID, AccountConnection] = {}
    for start in range(0, len(tied), ASKED_AT_ONCE):
        some = {"of_clients": tied[start : start + ASKED_AT_ONCE]}
        for one in session.scalars(_CURRENT_SOME, some):
            found[one.client_id] = one
    return found


def require_firms_own(session: Session, viewer: Viewer, connection_id: UUID) -> None:
    """Raise ConnectionNotFound unless it is of a client that this member may see."""
    asked = {**looking(viewer), "of_connection": connection_id}
    _there(session.scalar(_seen(Sight.of(viewer)), asked))


def require_accounts_own(session: Session, account_id: UUID, connection_id: UUID) -> None:
    """Raise ConnectionNotFound unless this account has accepted it."""
    asked = {"of_connection": connection_id, "of_account": account_id}
    _there(session.scalar(_CLIENT_OF_ACCOUNT, asked))


def get_link(session: Session, token_hash: str) -> ConnectionLink:
    """Return the link with this token. Raises ConnectionNotFound."""
    return _there(session.get(ConnectionLink, token_hash))


def get_connection(session: Session, connection_id: UUID) -> AccountConnection:
    """Return the connection, of whatever firm: for services and holders of a link only."""
    return _there(session.get(AccountConnection, connection_id, populate_existing=True))


def lock_connection(session: Session, connection_id: UUID) -> tuple[Client, AccountConnection]:
    """Return a connection and its client, both held, for whoever was allowed beforehand."""
    client_id = session.scalar(_CLIENT, {"of_connection": connection_id})
    client = records.lock_any_client(session, _there(client_id))
    connection = session.get(
        AccountConnection, connection_id, with_for_update=True, populate_existing=True
    )
    return client, _there(connection)


def name_of_holder(session: Session, client_id: UUID) -> str:
    """Return the name of the firm that holds the record; empty while groups has not told it."""
    return session.scalar(_HOLDER, {"of_client": client_id}) or ""


def asks_still(session: Session, connection: AccountConnection) -> bool:
    """Return whether who asked is an active member of the firm that holds the record."""
    member_id, email = connection.requested_by_member_id, connection.requested_by_email
    there = _ASKER_BY_EMAIL if member_id is None else _ASKER_BY_ID
    asked = {"of_client": connection.client_id, "asker": member_id or email}
    return session.scalar(there, asked) is not None


def overdue_requests(now: datetime) -> sa.Select[tuple[UUID]]:
    """Select connections whose request nobody answered in time."""
    return _OVERDUE.params(now=now)


def current_of_firm(session: Session, firm_id: UUID) -> list[UUID]:
    """Return connections of the firm's records that are open or asked for."""
    return list(session.scalars(_OF_FIRM, {"of_firm": firm_id}))


def current_of_account(session: Session, account_id: UUID) -> list[UUID]:
    """Return connections that this account accepted and that have not ended."""
    return list(session.scalars(_MINE, {"of_account": account_id}))


def follow_account(session: Session, account: dict[str, Any]) -> None:
    """Keep how an account is called and reached now; older news than ours change nothing."""
    news = {
        "of_account": account["account_id"],
        "called": account["name"],
        "reached": account["email"],
        "newer": account["version"],
    }
    session.execute(_FOLLOW, news)


def firm_sees(connection: AccountConnection, client_name: str) -> dict[str, Any]:
    """Return the row for the firm; of a request that came to nothing, only "not connected"."""
    told = connection.stage if connection.stage in TOLD else "not_connected"
    return {**vars(connection), "client_name": client_name, "connection": told}


def client_sees(connection: AccountConnection) -> dict[str, Any]:
    """Return the row for the client, with the names as they were last shown."""
    return {**vars(connection), "connection": connection.stage}


@cache
def _seen(sight: Sight) -> sa.Select[UUID]:
    of_client = sa.select(connections.c.client_id).join_from(connections, clients)
    return of_client.where(_IS_ONE, visible_to(sight))


def _there(found: Any) -> Any:
    if found is None:
        raise ConnectionNotFound("there is no such connection")
    return found
