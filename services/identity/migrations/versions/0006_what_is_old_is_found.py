"""What is old enough to be forgotten is found by an index."""

from chassis.migrations import index_what_is_old_v3

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index the inbox and the outbox by age."""
    index_what_is_old_v3()
