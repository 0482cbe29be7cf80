"""For which members a firm pays."""

import sqlalchemy as sa
from sqlalchemy.orm import registry

from billing.coverages.coverage import Coverage
from billing.tables import metadata
from chassis.tables import Instant

coverages = sa.Table(
    "coverages",
    metadata,
    sa.Column("member_id", sa.Uuid, primary_key=True),
    sa.Column("firm_id", sa.Uuid, nullable=False, comment="who pays"),
    sa.Column("account_id", sa.Uuid, nullable=False),
    sa.Column("home_firm_id", sa.Uuid, comment="whose subscription is paused meanwhile"),
    sa.Column("covered_from", Instant),
    sa.Column("covered_until", Instant, comment="NULL while the membership lasts"),
    sa.Index("ix_coverages_firm_id", "firm_id", "member_id"),
    sa.Index("ix_coverages_home_firm_id", "home_firm_id"),
    comment="For which members a firm pays, since they joined it",
)

_mapper = registry(metadata=metadata)
_mapper.map_imperatively(Coverage, coverages)
