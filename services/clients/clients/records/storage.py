"""Client records: read only inside what the viewer may see."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clients.members.viewer import Viewer
from clients.records.access_storage import visible_to
from clients.records.client import Client, Place
from clients.records.errors import ClientNotFound
from clients.records.tables import clients


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
    return lock_clients_where(
        session, sa.and_(visible_to(viewer), clients.c.client_id.in_(client_ids))
    )


def lock_clients_of_firm(session: Session, firm_id: UUID) -> list[Client]:
    """All clients of a firm, held until the transaction ends."""
    return lock_clients_where(session, clients.c.firm_id == firm_id)


def lock_clients_at(session: Session, place: Place) -> list[Client]:
    """The clients of this firm and this member, held until the transaction ends."""
    theirs = clients.c.assigned_member_id == place.assigned_member_id
    return lock_clients_where(session, sa.and_(clients.c.firm_id == place.firm_id, theirs))


def lock_clients_where(session: Session, condition: sa.ColumnElement[bool]) -> list[Client]:
    """Hold the clients of whom this is true, whoever may see them, until the transaction ends."""
    # In one order everywhere, so that two of these never wait for each other.
    query = sa.select(Client).where(condition).order_by(clients.c.client_id)
    return list(session.scalars(query.with_for_update(of=clients)))


def lock_any_client(session: Session, client_id: UUID) -> Client:
    """A client of whatever firm, held, for whoever was allowed beforehand."""
    held = sa.select(Client).where(clients.c.client_id == client_id).with_for_update(of=clients)
    client = session.scalars(held.execution_options(populate_existing=True)).one_or_none()
    if client is None:
        raise ClientNotFound("there is no such client")
    return client


def count_at(session: Session, place: Place) -> int:
    """How many clients are in this place."""
    return session.scalars(sa.select(sa.func.count()).where(*in_place(place))).one()


def in_place(place: Place) -> tuple[sa.ColumnElement[bool], ...]:
    """Select the clients that are in this place."""
    return (
        clients.c.firm_id == place.firm_id,
        clients.c.assigned_member_id.is_(place.assigned_member_id)
        if place.assigned_member_id is None
        else clients.c.assigned_member_id == place.assigned_member_id,
    )


def _one(session: Session, query: sa.Select[Client], client_id: UUID) -> Client:
    client = session.scalars(query.where(clients.c.client_id == client_id)).one_or_none()
    if client is None:
        raise ClientNotFound("there is no such client")
    return client
