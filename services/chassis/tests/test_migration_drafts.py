"""A service's next migration is drafted from what its tables have and its scripts lack."""

import sys
from importlib import invalidate_caches

import pytest

from chassis import migrations
from chassis.migrations.__main__ import main

SERVICE = '''"""A service with one table."""

import sqlalchemy as sa

from chassis.tables import Instant, new_metadata

TABLES = new_metadata()
sa.Table(
    "lamps",
    TABLES,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("lit_at", Instant, nullable=True),
)


class Lamps:
    class db:
        metadata = TABLES
'''
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
        "lamps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lamps"),
    )
"""


@pytest.fixture
def versions(tmp_path, monkeypatch):
    """The scripts of an installed service ``lamps_example``, whose tables are one column ahead."""
    package = tmp_path / "lamps_example"
    about = tmp_path / "lamps_example-1.dist-info"
    folder = tmp_path / "migrations" / "versions"
    for made in (package, about, folder):
        made.mkdir(parents=True)
    (package / "__init__.py").write_text(SERVICE)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: lamps_example\nVersion: 1\n")
    (about / "entry_points.txt").write_text(
        "[chambers.services]\nlamps_example = lamps_example:Lamps\n"
    )
    (folder / "0001_initial.py").write_text(FIRST)
    monkeypatch.syspath_prepend(str(tmp_path))
    invalidate_caches()
    yield folder
    sys.modules.pop("lamps_example", None)


def draft(monkeypatch, message):
    monkeypatch.setattr(sys, "argv", ["migrations", "draft", "lamps_example", message])
    return main()


def test_a_draft_brings_the_schema_to_its_tables(versions, monkeypatch, capsys, tmp_path):
    assert draft(monkeypatch, "Lamps know since when they are lit") == 0

    script = versions / "0002_lamps_know_since_when_they_are_lit.py"
    assert str(script) in capsys.readouterr().out
    assert "sa.DateTime(timezone=True)" in script.read_text()
    url = f"sqlite:///{tmp_path}/lamps.db"
    assert migrations.upgrade("lamps_example", url) == ["0001", "0002"]
    assert migrations.check("lamps_example", url) == []


def test_where_both_agree_nothing_is_drafted(versions, monkeypatch, capsys):
    draft(monkeypatch, "lamps are lit")
    draft(monkeypatch, "lamps are lit once more")

    assert "agree" in capsys.readouterr().out
    assert len(list(versions.glob("0*.py"))) == 2
