"""The two stacks that tests run on: the embedded default, and RabbitMQ with PostgreSQL."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg2
import sqlalchemy as sa

from chassis.testing.nodes import PostgresNode, RabbitNode

STACKS = ("embedded", "rabbitmq")
# Cheap hashes: what they cost in earnest has tests and benchmarks of its own. Any port: several
# processes serve pages at the same time.
IN_TESTS = {
    "CHAMBERS_IDENTITY_ARGON2_MEMORY_KIB": "64",
    "CHAMBERS_IDENTITY_ARGON2_TIME_COST": "1",
    "CHAMBERS_GATEWAY_LISTEN": "127.0.0.1:0",
}
QUICK = {
    **IN_TESTS,
    "CHAMBERS_EVENTS_RETRY_DELAYS": "0.2,0.4,0.8,1,1,2,2,3",
    "CHAMBERS_EVENTS_ATTEMPT_LEASE": "2",
    "CHAMBERS_BILLING_CHARGE_LEASE": "2s",
    "CHAMBERS_NOTIFICATIONS_MAIL_LEASE": "3s",
    "CHAMBERS_PUBLIC_URL": "https://chambers.example",
    "CHAMBERS_LOG_LEVEL": "warning",
}


@contextmanager
def stack(kind: str, services: list[str], **settings: str) -> Iterator[dict[str, str]]:
    """Yield an environment whose bus, databases and data directory are there and empty."""
    with ExitStack() as cleanup:
        data = Path(tempfile.mkdtemp(prefix="chambers-test-"))
        cleanup.callback(shutil.rmtree, data, ignore_errors=True)
        env = {**QUICK, "CHAMBERS_DATA_DIR": str(data), **settings}
        if kind == "embedded":
            env["CHAMBERS_BUS_URL"] = f"embedded://test-{secrets.token_hex(4)}"
        else:
            env |= cleanup.enter_context(_servers(services))
        yield env


@contextmanager
def _servers(services: list[str]) -> Iterator[dict[str, str]]:
    """Nodes named by the environment are used as they are; otherwise private ones start."""
    with ExitStack() as cleanup:
        broker = os.environ.get("CHAMBERS_TEST_RABBITMQ_URL")
        if broker is None:
            broker = cleanup.enter_context(RabbitNode()).url
        server = cleanup.enter_context(database_server())
        env = {"CHAMBERS_BUS_URL": broker}
        for service in services:
            url = cleanup.enter_context(fresh_database(server, service))
            env[f"CHAMBERS_{service.upper()}_DATABASE_URL"] = url
        yield env


@contextmanager
def database_server() -> Iterator[str]:
    """Yield the URL of the server that the environment names, else of a private one."""
    if named := os.environ.get("CHAMBERS_TEST_POSTGRES_URL"):
        yield named
        return
    with PostgresNode() as node:
        yield node.database_url("postgres")


@contextmanager
def fresh_database(server: str, name: str) -> Iterator[str]:
    """Yield the URL of a new, empty database on that PostgreSQL server, dropped at the end."""
    name = f"{name}_{secrets.token_hex(4)}"
    _administrate(server, f'CREATE DATABASE "{name}"')
    try:
        yield sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        _administrate(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _administrate(server: str, statement: str) -> None:
    url = sa.make_url(server).set(drivername="postgresql")
    connection = psycopg2.connect(url.render_as_string(hide_password=False))
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()
