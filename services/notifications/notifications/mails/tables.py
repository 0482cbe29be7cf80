"""Tables of mails, and of what has overtaken some of them."""

import sqlalchemy as sa
from sqlalchemy.orm import registry

from chassis.tables import Instant, enum
from notifications.mails.letter import Kind
from notifications.mails.mail import Mail, State
from notifications.mails.overtaking import Cause
from notifications.tables import metadata

mails = sa.Table(
    "mails",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("kind", enum(Kind), nullable=False),
    sa.Column("about_id", sa.Uuid, nullable=False),
    sa.Column("generation", sa.String(40), nullable=False, comment="which sending of it"),
    sa.Column("recipient", sa.String(254), nullable=False),
    sa.Column("recipient_name", sa.String(200), nullable=False),
    sa.Column("firm_id", sa.Uuid),
    sa.Column("facts", sa.JSON, nullable=False, comment="what the mail tells; never a token"),
    sa.Column("state", enum(State), nullable=False),
    sa.Column("reason", sa.String(100), nullable=False),
    sa.Column("detail", sa.String(300), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("updated_at", Instant, nullable=False),
    sa.Column("due_at", Instant, comment="next attempt, or end of the lease; NULL: settled"),
    sa.Column("subject_id", sa.Uuid, index=True, comment="beside about_id, what news may end it"),
    sa.Column("rank", sa.BigInteger, nullable=False, comment="news end mails up to one"),
    sa.UniqueConstraint("kind", "about_id", "generation", "recipient"),
    sa.Index("ix_mails_firm_id_id", "firm_id", "id"),
    sa.Index(
        "ix_mails_due_at",
        "due_at",
        postgresql_where=sa.text("due_at IS NOT NULL"),
        sqlite_where=sa.text("due_at IS NOT NULL"),
    ),
    sa.Index("ix_mails_about_id", "about_id"),
)
overtakings = sa.Table(
    "overtakings",
    metadata,
    sa.Column("subject_id", sa.Uuid, primary_key=True),
    sa.Column("kind", enum(Kind), primary_key=True),
    sa.Column("through", sa.BigInteger, nullable=False, comment="the highest rank it ends"),
    sa.Column("cause", enum(Cause), nullable=False),
    sa.Column("at", Instant, nullable=False),
    comment="which mails are true no more",
)

registry(metadata=metadata).map_imperatively(Mail, mails)
