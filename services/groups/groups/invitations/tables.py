"""Tables of invitations, of their links, and of how many mails were sent."""

import sqlalchemy as sa
from sqlalchemy.orm import registry

from chassis.limits import keep_mail_counts
from chassis.tables import Instant, enum
from groups.invitations.invitation import Invitation, InvitationLink
from groups.invitations.states import Delivery, InvitationStatus
from groups.members.permissions import Role
from groups.tables import index_where, metadata, unique_where

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
    unique_where("uq_invitations_one_pending_per_address", "firm_id address", "status = 'pending'"),
    unique_where("uq_invitations_one_pending_per_license", "license_id", "status = 'pending'"),
    sa.Index("ix_invitations_of_firm", "firm_id", "status", "id"),
    sa.Index("ix_invitations_due", "status", "expires_at"),
    index_where("ix_invitations_remind_at", "remind_at firm_id", "status = 'pending'"),
)
invitation_links = sa.Table(
    "invitation_links",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True, comment="SHA-256; no token is kept"),
    sa.Column("invitation_id", sa.ForeignKey("invitations.id"), nullable=False, index=True),
    sa.Column("generation", sa.Integer, nullable=False),
    sa.Column("issued_at", Instant, nullable=False),
)

keep_mail_counts(metadata)

_mapper = registry(metadata=metadata)
_mapper.map_imperatively(
    Invitation,
    invitations,
    # Every change is conditional on the version that was read: one invitation ends only once.
    version_id_col=invitations.c.version,
    version_id_generator=False,
)
_mapper.map_imperatively(InvitationLink, invitation_links)
