"""Drafts a service's next migration from the difference between scripts and metadata."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.runtime.migration import MigrationContext

from chassis.migrations.schema import comparing, connected, head, metadata_of, upgrade
from chassis.resources import migrations_path
from chassis.tables import Instant

TEMPLATE = '''"""{message}."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {previous}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
{body}
'''


def draft(service: str, message: str) -> Path | None:
    """Write and return the new script to read and correct; None where there is nothing to do."""
    previous = head(service)
    operations = _difference(service)
    if not operations:
        return None
    revision = f"{int(previous or 0) + 1:04d}"
    name = re.sub(r"\W+", "_", message.lower()).strip("_")
    path = migrations_path(service) / "versions" / f"{revision}_{name}.py"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        TEMPLATE.format(
            message=message.rstrip("."),
            revision=revision,
            previous=f'"{previous}"' if previous else None,
            body=operations,
        )
    )
    return path


def _difference(service: str) -> str:
    """Return the operations as code, indented for a function's body."""
    with TemporaryDirectory() as directory:
        url = f"sqlite:///{directory}/draft.db"
        upgrade(service, url)
        with connected(url) as connection:
            context = MigrationContext.configure(connection, opts=comparing(service, connection))
            steps = produce_migrations(context, metadata_of(service)).upgrade_ops
            if steps is None or steps.is_empty():
                return ""
            code = render_python_code(steps, render_item=_render, render_as_batch=True)
    lines = code.splitlines()
    return "\n".join(line for line in lines if not line.strip().startswith("#"))


def _render(kind: str, item: Any, _context: Any) -> Any:
    """Types as the database has them: a script must not change when our classes do."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and type(item).__name__ == "Enum":
        return f"sa.String(length={item.length})"
    return False
