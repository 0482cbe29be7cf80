"""What previews count: how many clients are in which place, and the names a reader may see."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clients.members.viewer import Viewer
from clients.records import storage as records
from clients.records.access_storage import visible_to
from clients.records.client import Place
from clients.records.tables import clients


def count_clients(session: Session, firm_ids: Iterable[UUID]) -> dict[Place, int]:
    """How many clients are in each place of these firms."""
    place = (clients.c.firm_id, clients.c.assigned_member_id)
    query = sa.select(*place, sa.func.count()).where(clients.c.firm_id.in_(firm_ids))
    rows = session.execute(query.group_by(*place))
    return {Place(firm_id, member_id): quantity for firm_id, member_id, quantity in rows}


def names_at(session: Session, asker: Viewer, place: Place, limit: int) -> list[str]:
    """The first names, in order, of the clients in this place that the asker may see."""
    query = sa.select(clients.c.name).where(visible_to(asker), *records.in_place(place))
    ordered = query.order_by(clients.c.sort_name, clients.c.client_id)
    return list(session.scalars(ordered.limit(limit)))
