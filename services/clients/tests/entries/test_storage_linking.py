"""Lists of connections and entries are read from their indexes, whoever else has how many."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from chassis.ids import uuid7
from chassis.paging import encode_cursor
from clients.connections.connection import Stage
from clients.connections.lists_storage import ACCOUNTS, firms_by_page
from clients.connections.tables import connections
from clients.entries import storage
from clients.entries.events import Section
from clients.entries.storage import entries_by_page
from clients.entries.tables import entries
from clients.records.access_storage import Sight, looking
from clients.records.events import Connection
from clients.records.tables import clients
from services.clients.tests.builders.records import (
    a_client,
    a_firm,
    a_member,
    many_clients,
    viewer_of,
)

NOW = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def crowd(store):
    """A firm with 1,500 clients, 100 of them connected, among others; entries of many clients."""
    with store.begin() as session:
        firm_id = a_firm(session)
        viewer = viewer_of(session, a_member(session, firm_id))
        many_clients(session, firm_id, 1_500)
        for _ in range(3):
            many_clients(session, a_firm(session), 1_500)
        client = a_client(session, firm_id)
        account_id = uuid7()
        _connect_some(session, account_id)
        _write_many(session, client.client_id)
        for table in ("clients", "connections", "entries"):
            session.execute(sa.text(f"ANALYZE {table}"))
    return viewer, client.client_id, account_id


def _connect_some(session, account_id):
    ids = session.scalars(sa.select(clients.c.client_id)).all()
    rows = [_connection(client_id, uuid7()) for client_id in ids[::15]]
    for row in rows[::40]:
        row["account_id"] = account_id
    session.execute(sa.insert(connections), rows)
    connected = clients.c.client_id.in_(row["client_id"] for row in rows)
    session.execute(sa.update(clients).where(connected).values(connection=Connection.CONNECTED))


def _connection(client_id, account_id):
    return {
        "connection_id": uuid7(),
        "client_id": client_id,
        "client_name": "Ann",
        "firm_name": "Weiss",
        "email": "ann@example.org",
        "requested_by_name": "Max",
        "requested_by_email": "max@example.org",
        "requested_at": NOW,
        "expires_at": NOW,
        "before": Connection.NONE,
        "stage": Stage.CONNECTED,
        "account_id": account_id,
        "generation": 1,
        "version": 1,
    }


def _write_many(session, client_id):
    others = session.scalars(sa.select(clients.c.client_id).limit(1_500)).all()
    rows = [
        {
            "entry_id": uuid7(),
            "client_id": of,
            "section": list(Section)[number % len(Section)],
            "content": {"title": "A day"},
            "deleted": number % 5 == 0,
            "changed_at": NOW,
            "version": 1,
        }
        for of in [*others, *[client_id] * 10]
        for number in range(10)
    ]
    session.execute(sa.insert(entries), rows)


def cursor_if(further):
    """A cursor that stands after everything there is, or none."""
    return encode_cursor([uuid7()]) if further else None


def plan_of(store, pages, cursor, **asked):
    query, of_page = pages.at(50, cursor)
    dialect = store.engine.dialect
    explain = "EXPLAIN QUERY PLAN " if dialect.name == "sqlite" else "EXPLAIN "
    written = query.params(**asked, **of_page).compile(
        dialect=dialect, compile_kwargs={"literal_binds": True}
    )
    with store.begin(read_only=True) as session:
        rows = session.connection().exec_driver_sql(explain + str(written))
        return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize("cursor", [None, encode_cursor(["001000 ann", uuid7()])])
def test_a_firms_connections_are_read_from_an_index_that_has_only_them(store, crowd, cursor):
    viewer = crowd[0]

    plan = plan_of(store, firms_by_page(Sight.of(viewer)), cursor, **looking(viewer))

    assert "ix_clients_connected" in plan
    assert not any(word in plan for word in ("Sort", "TEMP B-TREE", "Seq Scan"))


@pytest.mark.parametrize("further", [False, True])
def test_an_accounts_connections_are_read_by_the_account(store, crowd, further):
    plan = plan_of(store, ACCOUNTS, cursor_if(further), of_account=crowd[2])

    assert "ix_connections_of_account" in plan, plan


@pytest.mark.parametrize(
    ("section", "index"), [(None, "ix_entries_of_client"), (Section.JOURNAL, "ix_entries_of_sect")]
)
@pytest.mark.parametrize("further", [False, True])
def test_a_clients_entries_are_read_from_an_index_in_their_order(
    store, crowd, section, index, further
):
    viewer, client_id, account_id = crowd
    for scope in (storage.seen_by_member(viewer), storage.seen_by_account(account_id)):
        asked = {**scope.looking, "of_client": client_id}
        if section is not None:
            asked["of_section"] = section
        pages = entries_by_page(scope.sight, section is not None)
        plan = plan_of(store, pages, cursor_if(further), **asked)

        assert index in plan, plan
        assert "SCAN entries" not in plan
        assert "Seq Scan on entries" not in plan
