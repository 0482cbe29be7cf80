"""Connections to PostgreSQL on which every wait has an end on our side.

The server's own limits end a statement that is slow there. They do not help when the line is half
open, or something between swallows bytes: then no answer comes at all, and nobody says so.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

import psycopg2.extensions
import sqlalchemy as sa
from eventlet.hubs import trampoline
from sqlalchemy.engine import Engine

from chassis.calls import round_trip_made

CONNECT_SECONDS = 5.0
PING_SECONDS = 3.0  # at most, to find that a connection from the pool is dead
STATEMENT_SECONDS = 17.0  # a little more than the server itself allows
OPTIONS = (
    "-c statement_timeout=15000 -c lock_timeout=8000 "
    "-c idle_in_transaction_session_timeout=15000 -c timezone=UTC "
    r"-c default_transaction_isolation=read\ committed"
)
LINE = {
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
FRESH_SECONDS = 1.0  # for so long after an answer a connection is lent untried
# Of this greenthread: seconds for the answer to a ping; None while it sends statements.
_ping_patience: ContextVar[float | None] = ContextVar("ping_patience", default=None)


class Connection(psycopg2.extensions.connection):
    """A connection that knows when the server last answered on it."""

    answered_at = 0.0  # on the clock of time.monotonic


class NoAnswer(psycopg2.OperationalError):
    """The server said nothing for as long as we wait; the connection is closed."""


def engine(url: sa.URL, pool_size: int) -> Engine:
    """Return an engine whose statements, pings and connects all end within bounded seconds."""
    psycopg2.extensions.set_wait_callback(wait)
    made = sa.create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=8,
        pool_pre_ping=True,
        pool_use_lifo=True,  # a warm session answers sooner, and needs no ping
        hide_parameters=True,  # an error's text goes into the log
        executemany_mode="values_plus_batch",  # many UPDATEs in few round trips
        connect_args={"options": OPTIONS, "connection_factory": Connection, **LINE},
    )
    made.dialect.do_ping = partial(_ping, made.dialect.do_ping)  # type: ignore[method-assign]
    made.dialect.set_isolation_level = _begin_or_not  # type: ignore[method-assign]
    return made


def _begin_or_not(dbapi_connection: Any, level: str) -> None:
    """Have the driver send BEGIN before a first statement, or none. Nothing is sent for this.

    Asked for a level by name, the driver tells the server of it: once more for each read, when
    its connection is given back. If that one is dead by then, an answer that was there is lost,
    and so is the connection's place in the pool, for good.
    """
    dbapi_connection.autocommit = level == "AUTOCOMMIT"


def _ping(ping: Callable[[Any], bool], dbapi_connection: Any) -> bool:
    """Try a connection before it is lent. A dead one takes the whole pool of that time along.

    One that has just answered is not asked: that would double the round trips of a short read.
    """
    if time.monotonic() - dbapi_connection.answered_at < FRESH_SECONDS:
        return True
    with _waiting_at_most(PING_SECONDS):
        return ping(dbapi_connection)


def wait(connection: Any) -> None:
    """Let others run until the server has answered. Raises NoAnswer; psycopg2 then hangs up."""
    connecting = connection.status == psycopg2.extensions.STATUS_SETUP
    pinging = _ping_patience.get()
    patience = CONNECT_SECONDS if connecting else pinging or STATEMENT_SECONDS
    end = time.monotonic() + patience
    while (state := connection.poll()) != psycopg2.extensions.POLL_OK:
        left = end - time.monotonic()
        if left <= 0:
            raise NoAnswer(f"no answer within {patience:g} s")
        writing = state == psycopg2.extensions.POLL_WRITE
        trampoline(
            connection.fileno(),
            read=not writing,
            write=writing,
            timeout=left,
            timeout_exc=NoAnswer(f"no answer within {patience:g} s"),
        )
    if not connecting and isinstance(connection, Connection):
        connection.answered_at = time.monotonic()
        if pinging is None:  # a ping is for the rest the connection had
            round_trip_made()


@contextmanager
def _waiting_at_most(seconds: float) -> Iterator[None]:
    _ping_patience.set(seconds)
    try:
        yield
    finally:
        _ping_patience.set(None)
