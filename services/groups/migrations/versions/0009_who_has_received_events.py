"""The service notes who has received its events."""

from chassis.migrations import add_consumers_v2

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of consumers."""
    add_consumers_v2()
