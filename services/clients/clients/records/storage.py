"""Client records: read only inside what the viewer may see."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clients.members.tables import members
from clients.members.viewer import Viewer
from clients.records.access_storage import Condition, Sight, looking, visible_to
from clients.records.client import Client, Ownership
from clients.records.errors import ClientNotFound
from clients.records.new_client import NewClient
from clients.records.tables import clients, contacts

One = sa.Select[Client]
_IS_ONE = clients.c.client_id == sa.bindparam("of_client")
_AMONG = clients.c.client_id.in_(sa.bindparam("of_clients", expanding=True))
_ADD = sa.insert(clients)
_ADD_CONTACTS = sa.insert(contacts)
_ANY_HELD = (
    sa.select(Client)
    .where(_IS_ONE)
    .with_for_update(of=clients)
    .execution_options(populate_existing=True)
)


def add_clients(session: Session, opened: Sequence[NewClient]) -> None:
    """Store new records, however many, in two statements."""
    reached = [
        {"client_id": one.client_id, "position": position, "kind": kind, "value": value, "raw": raw}
        for one in opened
        for position, (kind, value, raw) in enumerate(one.details.reached_by)
    ]
    if opened:
        session.execute(_ADD, [one.fields for one in opened])
    if reached:
        session.execute(_ADD_CONTACTS, reached)


def get_client(session: Session, viewer: Viewer, client_id: UUID) -> Client:
    """Return the client, if this member may see it. Raises ClientNotFound."""
    return _one(session, _visible(Sight.of(viewer)), viewer, client_id)


def get_named_client(
    session: Session, viewer: Viewer, client_id: UUID
) -> tuple[Client, str | None]:
    """Return the same, and the name of whoever it is assigned to. Raises ClientNotFound."""
    asked = {**looking(viewer), "of_client": client_id}
    found = session.execute(_named(Sight.of(viewer)), asked).one_or_none()
    if found is None:
        raise ClientNotFound("there is no such client")
    return found.Client, found.name


def lock_client(session: Session, viewer: Viewer, client_id: UUID) -> Client:
    """Return the client, held until the transaction ends. Raises ClientNotFound."""
    return _one(session, _visible_held(Sight.of(viewer)), viewer, client_id)


def get_clients(session: Session, viewer: Viewer, client_ids: Iterable[UUID]) -> list[Client]:
    """Return those of these clients that this member may see."""
    theirs = {**looking(viewer), "of_clients": list(client_ids)}
    return list(session.scalars(_some(Sight.of(viewer)), theirs))


def lock_clients(session: Session, viewer: Viewer, client_ids: Iterable[UUID]) -> list[Client]:
    """Return the same, held until the transaction ends."""
    theirs = {**looking(viewer), "of_clients": list(client_ids)}
    return list(session.scalars(_some_held(Sight.of(viewer)), theirs))


def lock_clients_of_firm(session: Session, firm_id: UUID) -> list[Client]:
    """Return all clients of a firm, held until the transaction ends."""
    return list(session.scalars(_OF_FIRM_HELD, {"of_firm": firm_id}))


def lock_clients_at(session: Session, place: Ownership) -> list[Client]:
    """Return the clients of this firm and this member, held until the transaction ends."""
    theirs = {"of_firm": place.firm_id, "of_member": place.assigned_member_id}
    return list(session.scalars(_AT_HELD, theirs))


def get_any_client(session: Session, client_id: UUID) -> Client:
    """Return a client of whatever firm, for whoever was allowed beforehand."""
    client = session.get(Client, client_id, populate_existing=True)
    if client is None:
        raise ClientNotFound("there is no such client")
    return client


def lock_any_client(session: Session, client_id: UUID) -> Client:
    """Return a client of whatever firm, held, for whoever was allowed beforehand."""
    client = session.scalars(_ANY_HELD, {"of_client": client_id}).one_or_none()
    if client is None:
        raise ClientNotFound("there is no such client")
    return client


def count_at(session: Session, place: Ownership) -> int:
    """Return how many clients are in this place."""
    return session.scalars(_count(place.assigned_member_id is None), at(place)).one()


def held(condition: Condition) -> One:
    """Select the clients of whom this is true, whoever may see them, and hold them."""
    # In one order everywhere, so that two of these never wait for each other.
    found = sa.select(Client).where(condition).order_by(clients.c.client_id)
    return found.with_for_update(of=clients)


def in_place(unassigned: bool) -> Condition:
    """Return the condition for a client to be in a place, whose parameters are `at`."""
    member_id = clients.c.assigned_member_id
    assigned = member_id.is_(None) if unassigned else member_id == sa.bindparam("of_member")
    return sa.and_(clients.c.firm_id == sa.bindparam("of_firm"), assigned)


def at(place: Ownership) -> dict[str, Any]:
    """Return the parameters of a statement about clients that are `in_place`."""
    there: dict[str, Any] = {"of_firm": place.firm_id}
    if place.assigned_member_id is not None:
        there["of_member"] = place.assigned_member_id
    return there


_OF_FIRM_HELD = held(clients.c.firm_id == sa.bindparam("of_firm"))
_AT_HELD = held(in_place(unassigned=False))


@cache
def _visible(sight: Sight) -> One:
    return sa.select(Client).where(visible_to(sight), _IS_ONE)


@cache
def _named(sight: Sight) -> sa.Select[Client, str | None]:
    theirs = members.c.member_id == clients.c.assigned_member_id
    return _visible(sight).add_columns(members.c.name).outerjoin(members, theirs)


@cache
def _visible_held(sight: Sight) -> One:
    return _visible(sight).with_for_update(of=clients)


@cache
def _some(sight: Sight) -> One:
    return sa.select(Client).where(visible_to(sight), _AMONG)


@cache
def _some_held(sight: Sight) -> One:
    return held(sa.and_(visible_to(sight), _AMONG))


@cache
def _count(unassigned: bool) -> sa.Select[int]:
    return sa.select(sa.func.count()).select_from(clients).where(in_place(unassigned))


def _one(session: Session, query: One, viewer: Viewer, client_id: UUID) -> Client:
    asked = {**looking(viewer), "of_client": client_id}
    client = session.scalars(query, asked).one_or_none()
    if client is None:
        raise ClientNotFound("there is no such client")
    return client
