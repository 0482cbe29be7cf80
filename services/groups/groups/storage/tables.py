"""Tables groups owns, and which rule each row belongs to."""

import sqlalchemy as sa
from sqlalchemy.orm import registry, relationship

from chassis.limits import keep_mail_counts
from chassis.tables import Instant, enum, new_metadata, row_id
from groups.domain.account import Account, Kind
from groups.domain.firm import Firm
from groups.domain.invitation import Invitation, InvitationLink
from groups.domain.license import License, LicensePool, Reason
from groups.domain.member import Member
from groups.domain.permissions import Role
from groups.domain.states import Delivery, InvitationStatus, LicenseState, MemberStatus, Policy

metadata = new_metadata()  # this service's own; outbox, inbox and commands included


def _only(name: str, column: str, condition: str) -> sa.Index:
    """A unique index over the rows that meet ``condition``."""
    where = sa.text(condition)
    return sa.Index(name, *column.split(), unique=True, postgresql_where=where, sqlite_where=where)


def _where(name: str, columns: str, condition: str) -> sa.Index:
    """An index over the rows that meet ``condition``."""
    where = sa.text(condition)
    return sa.Index(name, *columns.split(), postgresql_where=where, sqlite_where=where)


accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True, comment="a copy of identity's"),
    sa.Column("kind", enum(Kind), nullable=False),
    sa.Column("email", sa.String(254), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("email_verified", sa.Boolean, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("closed", sa.Boolean, nullable=False, default=False),
)
firms = sa.Table(
    "firms",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("owner_account_id", sa.Uuid, nullable=False, index=True),
    sa.Column("policy", enum(Policy), nullable=False),
    sa.Column("active_members", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    comment="whoever changes members, licenses or invitations holds the firm's row",
)
license_pools = sa.Table(
    "license_pools",
    metadata,
    sa.Column("firm_id", sa.ForeignKey("firms.id"), primary_key=True),
    sa.Column("unused", sa.Integer, nullable=False),
    sa.Column("held", sa.Integer, nullable=False),
    sa.Column("used", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("level", sa.String(40), comment="of all bought ones; NULL: each has its order's"),
    sa.Column("level_since", Instant),
    sa.Column("level_version", sa.Integer, nullable=False, comment="billing's"),
    sa.CheckConstraint("unused >= 0 AND held >= 0 AND used >= 0", name="counts"),
)
licenses = sa.Table(
    "licenses",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("firm_id", sa.ForeignKey("firms.id"), nullable=False),
    sa.Column("order_id", sa.Uuid, comment="NULL: the founder's own subscription brought it"),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("level", sa.String(40)),
    sa.Column("purchased_on", sa.Date, nullable=False),
    sa.Column("paid_through", sa.Date, comment="the last day; NULL: while the subscription is"),
    sa.Column("state", enum(LicenseState), nullable=False),
    sa.Column("warn_on", sa.Date, comment="when its end is announced next"),
    sa.UniqueConstraint("order_id", "number"),
    sa.Index("ix_licenses_oldest_first", "firm_id", "state", "paid_through", "id"),
    sa.Index("ix_licenses_due", "state", "paid_through"),
    _where("ix_licenses_warn_on", "warn_on firm_id", "warn_on IS NOT NULL"),
)
members = sa.Table(
    "members",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("firm_id", sa.ForeignKey("firms.id"), nullable=False),
    sa.Column("account_id", sa.Uuid, nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("email", sa.String(254), nullable=False),
    sa.Column("address", sa.String(254), nullable=False, comment="email as it is compared"),
    sa.Column("role", enum(Role), nullable=False),
    sa.Column("senior", sa.Boolean, nullable=False),
    sa.Column("status", enum(MemberStatus), nullable=False),
    sa.Column("license_id", sa.ForeignKey("licenses.id"), unique=True),
    sa.Column("joined_at", Instant, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    _only("uq_members_one_per_account_and_firm", "account_id firm_id", "status <> 'removed'"),
    _only("uq_members_one_active_per_account", "account_id", "status = 'active'"),
    sa.Index("ix_members_of_firm", "firm_id", "status", "id"),
    sa.Index("ix_members_address", "firm_id", "address"),
)
invitations = sa.Table(
    "invitations",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("firm_id", sa.ForeignKey("firms.id"), nullable=False),
    sa.Column("email", sa.String(254), nullable=False),
    sa.Column("address", sa.String(254), nullable=False, comment="email as it is compared"),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("role", enum(Role), nullable=False),
    sa.Column("message", sa.Text),
    sa.Column("inviter_account_id", sa.Uuid, nullable=False),
    sa.Column("inviter_name", sa.String(200), nullable=False),
    sa.Column("inviter_email", sa.String(254), nullable=False),
    sa.Column(
        "inviter_verified",
        sa.Boolean,
        nullable=False,
        server_default=sa.false(),
        comment="whether the inviter's address was proven",
    ),
    sa.Column("license_id", sa.ForeignKey("licenses.id"), comment="NULL: billing-only"),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("status", enum(InvitationStatus), nullable=False),
    sa.Column("generation", sa.Integer, nullable=False, comment="of the links that work"),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("mailed_version", sa.Integer, nullable=False, comment="of the newest mail"),
    sa.Column("delivery", enum(Delivery), nullable=False, comment="of that mail"),
    sa.Column("delivery_reason", sa.String(100)),
    sa.Column("delivery_at", Instant),
    sa.Column("remind_at", Instant, comment="when its end is announced next"),
    sa.Column("inviter_left", sa.Boolean, nullable=False),
    _only("uq_invitations_one_pending_per_address", "firm_id address", "status = 'pending'"),
    _only("uq_invitations_one_pending_per_license", "license_id", "status = 'pending'"),
    sa.Index("ix_invitations_of_firm", "firm_id", "status", "id"),
    sa.Index("ix_invitations_due", "status", "expires_at"),
    _where("ix_invitations_remind_at", "remind_at firm_id", "status = 'pending'"),
)
invitation_links = sa.Table(
    "invitation_links",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True, comment="SHA-256; no token is kept"),
    sa.Column("invitation_id", sa.ForeignKey("invitations.id"), nullable=False, index=True),
    sa.Column("generation", sa.Integer, nullable=False),
    sa.Column("issued_at", Instant, nullable=False),
)
license_entries = sa.Table(
    "license_entries",
    metadata,
    row_id(),
    sa.Column("firm_id", sa.ForeignKey("firms.id"), nullable=False),
    sa.Column("license_id", sa.ForeignKey("licenses.id"), nullable=False, index=True),
    sa.Column("state", enum(LicenseState), nullable=False, comment="after the change"),
    sa.Column("reason", enum(Reason), nullable=False),
    sa.Column("by_account_id", sa.Uuid, comment="NULL: nobody asked, time did it"),
    sa.Column("at", Instant, nullable=False),
    sa.Column("order_id", sa.Uuid),
    sa.Column("invitation_id", sa.Uuid),
    sa.Column("member_id", sa.Uuid),
    sa.Column("level", sa.String(40), comment="after the change, as is paid_through"),
    sa.Column("paid_through", sa.Date),
    sa.Index("ix_license_entries_of_firm", "firm_id", "id"),
    comment="the licenses' biography: rows are added, never changed",
)

keep_mail_counts(metadata)

_mapper = registry(metadata=metadata)
_mapper.map_imperatively(Account, accounts)
_mapper.map_imperatively(LicensePool, license_pools)
_mapper.map_imperatively(Firm, firms, properties={"pool": relationship(LicensePool, uselist=False)})
_mapper.map_imperatively(License, licenses)
_mapper.map_imperatively(Member, members)
_mapper.map_imperatively(
    Invitation,
    invitations,
    # Every change is conditional on the version that was read: one invitation ends only once.
    version_id_col=invitations.c.version,
    version_id_generator=False,
)
_mapper.map_imperatively(InvitationLink, invitation_links)
