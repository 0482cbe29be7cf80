"""Client records: read only inside what the viewer may see."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clients.domain.access import Viewer
from clients.domain.client import Client
from clients.domain.errors import ClientNotFound
from clients.domain.place import Place
from clients.storage.access import visible_to
from clients.storage.handover_tables import handover_items
from clients.storage.tables import clients


def get_client(session: Session, viewer: Viewer, client_id: UUID) -> Client:
    """The client, if this member may see it. Raises ClientNotFound."""
    return _one(session, sa.select(Client).where(visible_to(viewer)), client_id)


def lock_client(session: Session, viewer: Viewer, client_id: UUID) -> Client:
    """The client, held until the transaction ends. Raises ClientNotFound."""
    held = sa.select(Client).where(visible_to(viewer)).with_for_update(of=clients)
    return _one(session, held, client_id)


def get_clients(session: Session, viewer: Viewer, client_ids: Iterable[UUID]) -> list[Client]:
    """Those of these clients that this member may see."""
    theirs = sa.and_(visible_to(viewer), clients.c.client_id.in_(client_ids))
    return list(session.scalars(sa.select(Client).where(theirs)))


def lock_clients(session: Session, viewer: Viewer, client_ids: Iterable[UUID]) -> list[Client]:
    """The same, held until the transaction ends."""
    return _hold(session, sa.and_(visible_to(viewer), clients.c.client_id.in_(client_ids)))


def lock_clients_of_handover(session: Session, handover_id: UUID) -> dict[UUID, Client]:
    """The clients that a handover moved, wherever they are now, held; by id."""
    moved = sa.select(handover_items.c.client_id).where(handover_items.c.handover_id == handover_id)
    return {client.client_id: client for client in _hold(session, clients.c.client_id.in_(moved))}


def lock_clients_of_firm(session: Session, firm_id: UUID) -> list[Client]:
    """All clients of a firm, held until the transaction ends."""
    return _hold(session, clients.c.firm_id == firm_id)


def lock_clients_at(session: Session, place: Place) -> list[Client]:
    """The clients of this firm and this member, held until the transaction ends."""
    theirs = clients.c.assigned_member_id == place.assigned_member_id
    return _hold(session, sa.and_(clients.c.firm_id == place.firm_id, theirs))


def _one(session: Session, query: sa.Select[Client], client_id: UUID) -> Client:
    client = session.scalars(query.where(clients.c.client_id == client_id)).one_or_none()
    if client is None:
        raise ClientNotFound("there is no such client")
    return client


def _hold(session: Session, condition: sa.ColumnElement[bool]) -> list[Client]:
    # In one order everywhere, so that two of these never wait for each other.
    query = sa.select(Client).where(condition).order_by(clients.c.client_id)
    return list(session.scalars(query.with_for_update(of=clients)))
