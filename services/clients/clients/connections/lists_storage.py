"""Lists of connections, a page at a time: a firm's by the client's name, an account's by age."""

from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.paging import Paged
from clients.connections.connection import AccountConnection, Stage
from clients.connections.storage import THEIRS, TOLD, client_sees, firm_sees
from clients.connections.tables import connections
from clients.members.tables import firms
from clients.members.viewer import Viewer
from clients.records.access_storage import Sight, looking, visible_to
from clients.records.errors import ClientNotFound
from clients.records.tables import clients

# The ids of an account's connections, a page from an index.
ACCOUNTS = Paged(
    sa.select(connections.c.connection_id).where(
        connections.c.account_id == sa.bindparam("of_account"),
        connections.c.stage.in_(THEIRS),
    ),
    connections.c.connection_id,
    descending=True,
)
_NEWEST_TIE = (
    sa.select(AccountConnection, clients.c.name, firms.c.name.label("firm"))
    .join_from(connections, clients, clients.c.client_id == connections.c.client_id)
    .outerjoin(firms, firms.c.firm_id == clients.c.firm_id)
    .where(
        connections.c.client_id == sa.bindparam("of_client"),
        connections.c.account_id == sa.bindparam("of_account"),
        connections.c.stage.in_(THEIRS),
    )
    .order_by(connections.c.connection_id.desc())
    .limit(1)
)
_ACCOUNTS_SHOWN = ACCOUNTS.shown_by(
    lambda found: (
        sa.select(
            connections.c.connection_id,
            AccountConnection,
            clients.c.name,
            firms.c.name.label("firm"),
        )
        .join_from(found, connections, connections.c.connection_id == found.c.connection_id)
        .join(clients, clients.c.client_id == connections.c.client_id)
        .outerjoin(firms, firms.c.firm_id == clients.c.firm_id)
    )
)


def list_connections(
    session: Session,
    viewer: Viewer,
    limit: int,
    cursor: str | None = None,
    client_id: UUID | None = None,
) -> dict[str, Any]:
    """Return one page of the records that have or had a connection, by name; or just that one.

    Raises InvalidCursor.
    """
    asked = looking(viewer) | ({"of_client": client_id} if client_id else {})
    shown = _firms_shown(Sight.of(viewer), client_id is not None)
    found = shown.read(session, limit, cursor, **asked)
    found["items"] = [firm_sees(row[AccountConnection], row["name"]) for row in found["items"]]
    return found


@cache
def firms_by_page(sight: Sight, of_client: bool = False) -> Paged:
    """Return the list of such records' ids, a page from an index that has only them."""
    # Written out, not bound: only then is it seen that the partial index has the answer.
    connected = sa.text("clients.connection <> 'none'")
    query = sa.select(clients.c.client_id).where(visible_to(sight), connected)
    if of_client:
        query = query.where(clients.c.client_id == sa.bindparam("of_client"))
    return Paged(query, clients.c.sort_name, clients.c.client_id)


@cache
def _firms_shown(sight: Sight, of_client: bool) -> Paged:
    return firms_by_page(sight, of_client).shown_by(_with_newest_connection)


def _with_newest_connection(found: sa.Subquery) -> sa.Select[Any]:
    of_client = connections.alias()
    newest = (
        sa.select(of_client.c.connection_id)
        .where(of_client.c.client_id == found.c.client_id, of_client.c.stage.in_(TOLD))
        .order_by(of_client.c.connection_id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        sa.select(AccountConnection, clients.c.client_id, clients.c.name, clients.c.sort_name)
        .join_from(found, clients, clients.c.client_id == found.c.client_id)
        .join(connections, connections.c.connection_id == newest)
    )


def list_of_account(
    session: Session, account_id: UUID, limit: int, cursor: str | None = None
) -> dict[str, Any]:
    """Return one page of the connections this account accepted, newest first.

    Raises InvalidCursor.
    """
    found = _ACCOUNTS_SHOWN.read(session, limit, cursor, of_account=account_id)
    found["items"] = [
        _client_sees_now(row[AccountConnection], row["name"], row["firm"]) for row in found["items"]
    ]
    return found


def get_tie(session: Session, account_id: UUID, client_id: UUID) -> dict[str, Any]:
    """Return the newest connection that this account accepted with the record, as it sees it.

    Raises ClientNotFound where there is none.
    """
    asked = {"of_client": client_id, "of_account": account_id}
    row = session.execute(_NEWEST_TIE, asked).mappings().first()
    if row is None:
        raise ClientNotFound("there is no such client")
    return _client_sees_now(row[AccountConnection], row["name"], row["firm"])


def _client_sees_now(connection: AccountConnection, name: str, firm: str | None) -> dict[str, Any]:
    """Return the row with today's names; after the end with that day's, none newer (Q9)."""
    row = client_sees(connection)
    if connection.stage is Stage.CONNECTED:
        row |= {"client_name": name, "firm_name": firm or connection.firm_name}
    return row
