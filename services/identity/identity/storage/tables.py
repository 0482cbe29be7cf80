"""Tables identity owns, and the domain's classes mapped onto them."""

import sqlalchemy as sa
from sqlalchemy.orm import registry

from chassis.schemas import EMAIL_MAX, NAME_MAX
from chassis.tables import Instant, enum, new_metadata
from identity.domain.account import Account
from identity.domain.credential import Credential
from identity.domain.device import Device
from identity.domain.email_change import EmailChange
from identity.domain.events import EndReason, Kind
from identity.domain.link import Link, Purpose
from identity.domain.login import LoginSession, RefreshToken
from identity.domain.reset_request import ResetRequest
from identity.domain.sign_up import SignUp
from identity.domain.throttle import Throttle

PHONE_MAX = 40
KEY_MAX = 320  # of an address, as chassis.addresses makes it; it is shorter today
metadata = new_metadata()


def _account_id(nullable: bool = False) -> sa.Column:
    return sa.Column("account_id", sa.ForeignKey("accounts.id"), nullable=nullable, index=True)


accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("kind", enum(Kind), nullable=False),
    sa.Column("email", sa.String(EMAIL_MAX), nullable=False, comment="as its owner wrote it"),
    sa.Column("email_key", sa.String(KEY_MAX), unique=True, comment="NULL once it is closed"),
    sa.Column("name", sa.String(NAME_MAX), nullable=False),
    sa.Column("phone", sa.String(PHONE_MAX)),
    sa.Column("registered_at", Instant, nullable=False),
    sa.Column("email_verified_at", Instant),
    sa.Column("lapses_at", Instant, comment="NULL: proven or closed"),
    sa.Column("closed_at", Instant),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Index(
        "ix_accounts_lapses_at",
        "lapses_at",
        postgresql_where=sa.text("lapses_at IS NOT NULL"),
        sqlite_where=sa.text("lapses_at IS NOT NULL"),
    ),
)
sign_ups = sa.Table(
    "sign_ups",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    _account_id(),
    sa.Column("kind", enum(Kind), nullable=False),
    sa.Column("email", sa.String(EMAIL_MAX), nullable=False, comment="as it was written there"),
    sa.Column("name", sa.String(NAME_MAX), nullable=False),
    sa.Column("phone", sa.String(PHONE_MAX)),
    sa.Column("password_hash", sa.String(200), nullable=False, comment="argon2id, with its cost"),
    sa.Column("signed_up_at", Instant, nullable=False),
)
credentials = sa.Table(
    "credentials",
    metadata,
    sa.Column("account_id", sa.ForeignKey("accounts.id"), primary_key=True),
    sa.Column("password_hash", sa.String(200), nullable=False, comment="argon2id, with its cost"),
    sa.Column("changed_at", Instant, nullable=False),
)
links = sa.Table(
    "links",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True, comment="SHA-256 of the mailed token"),
    _account_id(),
    sa.Column("sign_up_id", sa.Uuid, comment="NULL: of the account itself"),
    sa.Column("purpose", enum(Purpose), nullable=False),
    sa.Column("issued_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False, index=True),
    sa.Column("used_at", Instant),
    sa.Column("revoked_at", Instant),
    sa.Column("email_change_id", sa.Uuid, comment="NULL: not for another address"),
)
email_changes = sa.Table(
    "email_changes",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    _account_id(),
    sa.Column("email", sa.String(EMAIL_MAX), nullable=False, comment="the new one, as written"),
    sa.Column("requested_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False, index=True),
    sa.Column("closed_at", Instant),
)
reset_requests = sa.Table(
    "reset_requests",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("email_key", sa.String(KEY_MAX), comment="NULL once it is known whose it is"),
    _account_id(nullable=True),
    sa.Column("requested_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False, index=True),
    sa.Column("closed_at", Instant),
    sa.Index(
        "ix_reset_requests_unanswered",
        "requested_at",
        postgresql_where=sa.text("email_key IS NOT NULL"),
        sqlite_where=sa.text("email_key IS NOT NULL"),
    ),
)
devices = sa.Table(
    "devices",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    _account_id(),
    sa.Column("digest", sa.String(64), nullable=False, unique=True, comment="SHA-256 of the token"),
    sa.Column("added_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False, index=True),
)
login_sessions = sa.Table(
    "login_sessions",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    _account_id(),
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
throttles = sa.Table(
    "throttles",
    metadata,
    sa.Column("subject", sa.String(80), primary_key=True, comment="addresses as SHA-256 only"),
    sa.Column("counted_since", Instant, nullable=False, index=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("open_at", Instant),
)

_mapper = registry(metadata=metadata)
_mapper.map_imperatively(Account, accounts)
_mapper.map_imperatively(Credential, credentials)
_mapper.map_imperatively(SignUp, sign_ups)
_mapper.map_imperatively(Link, links)
_mapper.map_imperatively(EmailChange, email_changes)
_mapper.map_imperatively(Device, devices)
_mapper.map_imperatively(ResetRequest, reset_requests)
_mapper.map_imperatively(LoginSession, login_sessions)
_mapper.map_imperatively(RefreshToken, refresh_tokens)
_mapper.map_imperatively(Throttle, throttles)
