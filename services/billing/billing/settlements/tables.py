"""The simulated provider's books."""

import sqlalchemy as sa

from billing.tables import metadata
from chassis.tables import Instant

sandbox_charges = sa.Table(
    "sandbox_charges",
    metadata,
    sa.Column("idempotency_key", sa.Uuid, primary_key=True),
    sa.Column("reference", sa.String(40), nullable=False, unique=True),
    sa.Column("amount", sa.BigInteger, nullable=False, comment="minor units; 0 when declined"),
    sa.Column("currency", sa.String(3), nullable=False, comment="ISO 4217"),
    sa.Column("decline_reason", sa.String(200)),
    sa.Column("charged_at", Instant, nullable=False),
    comment="The simulated provider's own books; no other table refers to it",
)
