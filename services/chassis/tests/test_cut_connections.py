"""A database that goes away while a connection is lent costs its message at most, and no place."""

from contextlib import suppress

import psycopg2
import pytest
import sqlalchemy as sa

from chassis import postgres
from chassis.calls import count_statements, round_trips_made, statements_sent
from chassis.store import DatabaseUnavailable, Store
from chassis.testing.stacks import database_server

PLACES = 2


@pytest.fixture(scope="module")
def server(request):
    if request.config.getoption("--stack") == "embedded":
        pytest.skip("needs PostgreSQL")
    with database_server() as url:
        yield url


@pytest.fixture
def store(server):
    store = Store(server, pool_size=PLACES)
    yield store
    store.close()


def cut(server, pid):
    """End a connection's other side."""
    operator = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with operator.connect() as connection:
        connection.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
    operator.dispose()


def pid_of(session):
    return session.scalar(sa.text("SELECT pg_backend_pid()"))


def read(store):
    with store.begin(read_only=True) as session:
        return pid_of(session)


def test_a_read_that_was_answered_stays_answered(store, server):
    for _ in range(PLACES + 1):
        with suppress(DatabaseUnavailable):  # the one that was cut in the last round
            read(store)
        read(store)  # it has been lent before, for reading and for writing
        with store.begin() as session:
            pid_of(session)
        with store.begin(read_only=True) as session:
            cut(server, pid_of(session))

        assert store.engine.pool.checkedout() == 0


def test_transactions_see_what_is_committed_however_the_server_is_set(store):
    chosen = sa.text(
        "SELECT setting, source FROM pg_settings WHERE name = 'default_transaction_isolation'"
    )
    with store.begin() as session:
        assert tuple(session.execute(chosen).one()) == ("read committed", "client")


def test_who_is_lent_a_dead_connection_is_told_and_the_next_is_not(store, server):
    cut(server, read(store))

    with pytest.raises(DatabaseUnavailable):
        read(store)

    assert store.engine.pool.checkedout() == 0
    assert read(store)


def test_a_ping_is_no_round_trip_of_the_message_that_needs_it(store, monkeypatch):
    read(store)
    monkeypatch.setattr(postgres, "FRESH_SECONDS", 0.0)
    count_statements()

    read(store)

    assert (statements_sent(), round_trips_made()) == (1, 1)


def test_a_read_takes_one_round_trip(store):
    asked = []
    wait = psycopg2.extensions.get_wait_callback()
    read(store)
    with store.begin() as session:
        pid_of(session)
    read(store)

    psycopg2.extensions.set_wait_callback(lambda line: (asked.append(line), wait(line)))
    try:
        read(store)
    finally:
        psycopg2.extensions.set_wait_callback(wait)

    assert len(asked) == 1


def test_the_session_that_came_back_last_is_lent_next(store):
    with store.engine.connect() as last, store.engine.connect():
        warm = pid_of(last)

    assert read(store) == warm
