"""Clients' addresses are compared by the one rule for addresses."""

from chassis.migrations import StoredKeys

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Renew the keys; a domain in Punycode is the domain itself from now on."""
    StoredKeys("contacts", ["client_id", "position"], "raw", "value", "kind = 'email'").renew()
