"""Members and invitations are compared by the one rule for addresses."""

from chassis.migrations import StoredKeys

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Renew the keys; an invitation that no mail reaches stands in nobody's way."""
    StoredKeys("members", ["id"], "email", "address").renew()
    pending, over = "status = 'pending'", "status <> 'pending'"
    StoredKeys("invitations", ["id"], "email", "address", over).renew()
    StoredKeys("invitations", ["id"], "email", "address", pending, alone_in=["firm_id"]).renew()
