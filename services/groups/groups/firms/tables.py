"""Tables of firms, of their licenses and of what became of these."""

import sqlalchemy as sa
from sqlalchemy.orm import registry, relationship

from chassis.tables import Instant, enum, row_id
from groups.firms.firm import Firm
from groups.firms.license import License, LicenseHistoryEntry, Reason
from groups.firms.pool import LicensePool
from groups.firms.states import LicenseState, Policy
from groups.tables import index_where, metadata

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
    index_where("ix_licenses_warn_on", "warn_on firm_id", "warn_on IS NOT NULL"),
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

_mapper = registry(metadata=metadata)
_mapper.map_imperatively(LicensePool, license_pools)
_mapper.map_imperatively(Firm, firms, properties={"pool": relationship(LicensePool, uselist=False)})
_mapper.map_imperatively(License, licenses)
_mapper.map_imperatively(LicenseHistoryEntry, license_entries)
