"""Accounts are found by the one rule for addresses."""

from chassis.migrations import StoredKeys

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Renew the keys; an account whose address no mail reaches gives up the key it held."""
    StoredKeys("accounts", ["id"], "email", "email_key", alone_in=[]).renew()
