"""The table of counted attempts."""

import sqlalchemy as sa
from sqlalchemy.orm import registry

from chassis.tables import Instant
from identity.passwords.throttle import Throttle
from identity.tables import metadata

throttles = sa.Table(
    "throttles",
    metadata,
    sa.Column("subject", sa.String(80), primary_key=True, comment="addresses as SHA-256 only"),
    sa.Column("counted_since", Instant, nullable=False, index=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("open_at", Instant),
)
_mapper = registry(metadata=metadata)
_mapper.map_imperatively(Throttle, throttles)
