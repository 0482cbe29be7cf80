"""What previews count: how many clients are in which place, and the names a reader may see."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clients.domain.access import Viewer
from clients.domain.place import Place
from clients.storage.access import visible_to
from clients.storage.tables import clients


def count_clients(session: Session, firm_ids: Iterable[UUID]) -> dict[Place, int]:
    """How many clients are in each place of these firms."""
    place = (clients.c.firm_id, clients.c.assigned_member_id)
    query = sa.select(*place, sa.func.count()).where(clients.c.firm_id.in_(firm_ids))
    rows = session.execute(query.group_by(*place))
    return {Place(firm_id, member_id): quantity for firm_id, member_id, quantity in rows}


def count_at(session: Session, place: Place) -> int:
    """How many clients are in this place."""
    return session.scalars(sa.select(sa.func.count()).where(*_at(place))).one()


def names_at(session: Session, asker: Viewer, place: Place, limit: int) -> list[str]:
    """The first names, in order, of the clients in this place that the asker may see."""
    query = sa.select(clients.c.name).where(visible_to(asker), *_at(place))
    ordered = query.order_by(clients.c.sort_name, clients.c.client_id)
    return list(session.scalars(ordered.limit(limit)))


def _at(place: Place) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        clients.c.firm_id == place.firm_id,
        clients.c.assigned_member_id.is_(place.assigned_member_id)
        if place.assigned_member_id is None
        else clients.c.assigned_member_id == place.assigned_member_id,
    )
