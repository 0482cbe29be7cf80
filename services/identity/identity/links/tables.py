"""Tables of one-time links, and of the wishes that they are mailed for."""

import sqlalchemy as sa
from sqlalchemy.orm import registry

from chassis.schemas import EMAIL_MAX, NAME_MAX
from chassis.tables import Instant, enum
from identity.accounts.account import PHONE_MAX
from identity.accounts.events import Kind
from identity.accounts.tables import KEY_MAX, account_id
from identity.links.email_change import EmailChange
from identity.links.link import Link, Purpose
from identity.links.reset_request import ResetRequest
from identity.links.sign_up import SignUp
from identity.tables import metadata

sign_ups = sa.Table(
    "sign_ups",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    account_id(),
    sa.Column("kind", enum(Kind), nullable=False),
    sa.Column("email", sa.String(EMAIL_MAX), nullable=False, comment="as it was written there"),
    sa.Column("name", sa.String(NAME_MAX), nullable=False),
    sa.Column("phone", sa.String(PHONE_MAX)),
    sa.Column("password_hash", sa.String(200), nullable=False, comment="argon2id, with its cost"),
    sa.Column("signed_up_at", Instant, nullable=False),
)
links = sa.Table(
    "links",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True, comment="SHA-256 of the mailed token"),
    account_id(),
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
    account_id(),
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
    account_id(nullable=True),
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
_mapper = registry(metadata=metadata)
_mapper.map_imperatively(SignUp, sign_ups)
_mapper.map_imperatively(Link, links)
_mapper.map_imperatively(EmailChange, email_changes)
_mapper.map_imperatively(ResetRequest, reset_requests)
