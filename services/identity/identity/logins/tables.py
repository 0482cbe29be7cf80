"""Tables of login sessions, their refresh tokens, and known devices."""

import sqlalchemy as sa
from sqlalchemy.orm import registry

from chassis.tables import Instant, enum
from identity.accounts.tables import account_id
from identity.logins.events import EndReason
from identity.logins.login import Device, LoginSession, RefreshToken
from identity.tables import metadata

devices = sa.Table(
    "devices",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    account_id(),
    sa.Column("digest", sa.String(64), nullable=False, unique=True, comment="SHA-256 of the token"),
    sa.Column("added_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False, index=True),
)
login_sessions = sa.Table(
    "login_sessions",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    account_id(),
    sa.Column("device_id", sa.Uuid, comment="also of a device that is known no more"),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("last_used_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False, index=True),
    sa.Column("ended_at", Instant),
    sa.Column("end_reason", enum(EndReason)),
)
refresh_tokens = sa.Table(
    "refresh_tokens",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True, comment="SHA-256 of the token"),
    sa.Column(
        "session_id",
        sa.ForeignKey("login_sessions.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sa.Column("issued_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False, index=True),
    sa.Column("taken_by", sa.String(64), comment="SHA-256 of the call's idempotency key"),
    sa.Column("spent_at", Instant),
)
_mapper = registry(metadata=metadata)
_mapper.map_imperatively(Device, devices)
_mapper.map_imperatively(LoginSession, login_sessions)
_mapper.map_imperatively(RefreshToken, refresh_tokens)
