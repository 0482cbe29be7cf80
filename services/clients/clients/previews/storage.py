"""What previews count: how many clients are in which place, and the names a reader may see."""

from collections.abc import Iterable
from functools import cache
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clients.members.viewer import Viewer
from clients.records import storage as records
from clients.records.access_storage import Sight, looking, visible_to
from clients.records.client import Ownership
from clients.records.tables import clients

_PLACE = (clients.c.firm_id, clients.c.assigned_member_id)
COUNTED = (
    sa.select(*_PLACE, sa.func.count())
    .where(clients.c.firm_id.in_(sa.bindparam("of_firms", expanding=True)))
    .group_by(*_PLACE)
)


def count_clients(session: Session, firm_ids: Iterable[UUID]) -> dict[Ownership, int]:
    """Return how many clients are in each place of these firms."""
    rows = session.execute(COUNTED, {"of_firms": list(firm_ids)})
    return {Ownership(firm_id, member_id): quantity for firm_id, member_id, quantity in rows}


def names_at(session: Session, asker: Viewer, place: Ownership, limit: int) -> list[str]:
    """Return the first names, in order, of the clients in this place that the asker may see."""
    names = _names(Sight.of(asker), place.assigned_member_id is None)
    asked = {**looking(asker), **records.at(place), "up_to": limit}
    return list(session.scalars(names, asked))


@cache
def _names(sight: Sight, unassigned: bool) -> sa.Select[str]:
    seen = sa.select(clients.c.name).where(visible_to(sight), records.in_place(unassigned))
    ordered = seen.order_by(clients.c.sort_name, clients.c.client_id)
    return ordered.limit(sa.bindparam("up_to", type_=sa.Integer))
