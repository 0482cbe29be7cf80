import sys
from importlib import invalidate_caches
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from chassis import migrations
from chassis.migrations.schema import BrokenReference, connected
from chassis.tables import Instant, new_metadata
from chassis.testing.nodes.postgresql import PostgresNode

FIRST = """
import sqlalchemy as sa
from alembic import op
from chassis.migrations import (
    add_consumers_v2, create_chassis_tables_v1, index_what_is_old_v3,
)

revision = "0001"
down_revision = None


def upgrade():
    create_chassis_tables_v1()
    add_consumers_v2()
    index_what_is_old_v3()
    op.create_table(
        "rooms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_rooms"),
    )
    op.create_table(
        "desks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desks"),
        sa.ForeignKeyConstraint(
            ["room_id"], ["rooms.id"], name="fk_desks_room_id", ondelete="CASCADE"
        ),
    )
"""
SECOND = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    with op.batch_alter_table("rooms") as rooms:
        rooms.add_column(sa.Column("floor", sa.Integer(), nullable=False, server_default="0"))
        rooms.alter_column("name", type_=sa.String(80), existing_type=sa.String(40))
"""
BROKEN = """
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.execute("CREATE TABLE half (id integer)")
    raise RuntimeError("stop here")
"""


def metadata():
    tables = new_metadata()
    sa.Table(
        "rooms",
        tables,
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("opened_at", Instant),
        sa.Column("floor", sa.Integer, nullable=False, server_default="0"),
    )
    sa.Table(
        "desks",
        tables,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "room_id", sa.Uuid, sa.ForeignKey("rooms.id", ondelete="CASCADE"), nullable=False
        ),
    )
    return tables


@pytest.fixture
def scripts(tmp_path, monkeypatch):
    """A service ``rooms_example`` with one script; more are put beside it."""
    package = tmp_path / "rooms_example"
    versions = tmp_path / "migrations" / "versions"
    package.mkdir()
    versions.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (versions / "0001_initial.py").write_text(FIRST)
    monkeypatch.syspath_prepend(str(tmp_path))
    invalidate_caches()
    yield versions
    sys.modules.pop("rooms_example", None)


@pytest.fixture(scope="module")
def postgresql():
    with PostgresNode() as server:
        yield server


@pytest.fixture
def url(stack_kind, request, tmp_path):
    """A database that is not there yet, or empty: SQLite, and PostgreSQL on the real stack."""
    if stack_kind == "embedded":
        return f"sqlite:///{tmp_path}/deep/er/rooms.db"
    return request.getfixturevalue("postgresql").database_url(uuid4().hex)


def rows(url, statement):
    with connected(url) as connection:
        return connection.exec_driver_sql(statement).all()


def test_an_empty_database_is_brought_to_the_head_once(scripts, url):
    (scripts / "0002_floor.py").write_text(SECOND)

    assert migrations.current("rooms_example", url) is None
    assert migrations.upgrade("rooms_example", url) == ["0001", "0002"]
    assert migrations.current("rooms_example", url) == migrations.head("rooms_example") == "0002"
    assert migrations.upgrade("rooms_example", url) == []


def test_the_scripts_make_what_the_tables_say(scripts, url):
    migrations.upgrade("rooms_example", url)
    differences = migrations.check("rooms_example", url, metadata())
    (scripts / "0002_floor.py").write_text(SECOND)

    assert "floor" in str(differences)
    migrations.upgrade("rooms_example", url)
    assert migrations.check("rooms_example", url, metadata()) == []


def test_a_later_migration_keeps_the_rows_and_what_points_to_them(scripts, url):
    migrations.upgrade("rooms_example", url)
    room = "'00000000-0000-7000-8000-000000000001'"
    if url.startswith("sqlite"):
        room = room.replace("-", "")
    rows_before = f"INSERT INTO rooms (id, name) VALUES ({room}, 'Blue')"
    with connected(url) as connection:
        connection.exec_driver_sql(rows_before)
        connection.exec_driver_sql(f"INSERT INTO desks (id, room_id) VALUES (1, {room})")
    (scripts / "0002_floor.py").write_text(SECOND)

    migrations.upgrade("rooms_example", url)

    assert rows(url, "SELECT name, floor FROM rooms") == [("Blue", 0)]
    assert rows(url, "SELECT id FROM desks") == [(1,)]


def test_a_migration_that_fails_leaves_nothing_behind(scripts, url):
    migrations.upgrade("rooms_example", url)
    (scripts / "0002_broken.py").write_text(BROKEN)

    with pytest.raises(RuntimeError, match="stop here"):
        migrations.upgrade("rooms_example", url)

    assert migrations.current("rooms_example", url) == "0001"
    with connected(url) as connection:
        assert "half" not in sa.inspect(connection).get_table_names()


def test_a_migration_may_not_leave_rows_that_point_to_nothing(scripts, url):
    migrations.upgrade("rooms_example", url)
    orphan = "op.execute(\"INSERT INTO desks VALUES (1, '00000000000070008000000000000002')\")"
    (scripts / "0002_orphan.py").write_text(
        SECOND.split("def upgrade")[0] + f"def upgrade():\n    {orphan}\n"
    )

    with pytest.raises((BrokenReference, IntegrityError)):
        migrations.upgrade("rooms_example", url)

    assert rows(url, "SELECT id FROM desks") == []


def test_asking_for_the_revision_makes_no_database(scripts, tmp_path):
    assert migrations.current("rooms_example", f"sqlite:///{tmp_path}/x.db") is None
    assert not (tmp_path / "x.db").exists()
