"""Handovers and their items: written once, with the clients they moved."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.paging import decode_cursor, page
from clients.handovers.errors import HandoverNotFound
from clients.handovers.handover import Author, Handover, Move
from clients.handovers.tables import handover_items, handovers
from clients.members.viewer import Viewer
from clients.records import storage as records
from clients.records.access_storage import visible_to
from clients.records.client import Client, Place
from clients.records.tables import clients


def add_handover(session: Session, handover: Handover, moves: Sequence[Move]) -> None:
    """Keep the handover and its items; the one it undoes is marked as undone."""
    session.flush()  # new clients first: the items point at them
    row = {
        "handover_id": handover.handover_id,
        "firm_id": handover.firm_id,
        "kind": handover.kind,
        "at": handover.at,
        "by_account_id": handover.by.account_id,
        "by_name": handover.by.name,
        "member_id": handover.member_id,
        "quantity": len(moves),
        "undoes": handover.undoes,
    }
    session.execute(sa.insert(handovers), row)
    session.execute(sa.insert(handover_items), [_item(handover, move) for move in moves])
    if handover.undoes is not None:
        former = handovers.c.handover_id == handover.undoes
        undone = sa.update(handovers).where(former).values(undone_by=handover.handover_id)
        session.execute(undone)


def get_handover(session: Session, viewer: Viewer, handover_id: UUID) -> Handover:
    """The handover, if it is of the viewer's firm. Raises HandoverNotFound."""
    return _one(session, viewer, handover_id, sa.select(handovers))


def lock_handover(session: Session, viewer: Viewer, handover_id: UUID) -> Handover:
    """The same, held until the transaction ends."""
    return _one(session, viewer, handover_id, sa.select(handovers).with_for_update())


def list_handovers(
    session: Session, viewer: Viewer, limit: int, cursor: str | None
) -> dict[str, Any]:
    """One page of the firm's handovers, the newest first. Raises InvalidCursor."""
    query = sa.select(handovers).where(handovers.c.firm_id == viewer.firm_id)
    if cursor is not None:
        query = query.where(handovers.c.handover_id < decode_cursor(cursor, UUID)[0])
    newest = query.order_by(handovers.c.handover_id.desc()).limit(limit + 1)
    found = [shown(_made(row), row.quantity) for row in session.execute(newest)]
    return page(found, limit, key=lambda row: (row["handover_id"],))


def quantity_of(session: Session, handover_id: UUID) -> int:
    """How many clients the handover moved."""
    query = sa.select(handovers.c.quantity).where(handovers.c.handover_id == handover_id)
    return session.scalars(query).one()


def list_items(
    session: Session, viewer: Viewer, handover_id: UUID, limit: int, cursor: str | None
) -> dict[str, Any]:
    """One page of a handover's items; a client that the viewer may not see now has no name."""
    name = sa.case((visible_to(viewer), clients.c.name)).label("name")
    query = (
        sa.select(handover_items, name)
        .join(clients, clients.c.client_id == handover_items.c.client_id)
        .where(handover_items.c.handover_id == handover_id)
    )
    if cursor is not None:
        (client_id,) = decode_cursor(cursor, UUID)
        query = query.where(handover_items.c.client_id > client_id)
    found = session.execute(query.order_by(handover_items.c.client_id).limit(limit + 1))
    return page(found.mappings().all(), limit, key=lambda row: (row["client_id"],))


def moves_of(session: Session, handover_id: UUID) -> list[Move]:
    """Every item of a handover, with the client's name as it is now."""
    query = (
        sa.select(handover_items, clients.c.name)
        .join(clients, clients.c.client_id == handover_items.c.client_id)
        .where(handover_items.c.handover_id == handover_id)
    )
    return [
        Move(
            row.client_id,
            row.name,
            Place(row.from_firm_id, row.from_member_id),
            Place(row.to_firm_id, row.to_member_id),
        )
        for row in session.execute(query.order_by(handover_items.c.client_id))
    ]


def lock_clients_of_handover(session: Session, handover_id: UUID) -> dict[UUID, Client]:
    """The clients that a handover moved, wherever they are now, held; by id."""
    moved = sa.select(handover_items.c.client_id).where(handover_items.c.handover_id == handover_id)
    return {
        client.client_id: client
        for client in records.lock_clients_where(session, clients.c.client_id.in_(moved))
    }


def firms_of(moves: Iterable[Move]) -> set[UUID]:
    """Every firm that these moves touch."""
    return {place.firm_id for move in moves for place in (move.before, move.after)}


def _one(session: Session, viewer: Viewer, handover_id: UUID, query: sa.Select[Any]) -> Handover:
    mine = query.where(
        handovers.c.handover_id == handover_id, handovers.c.firm_id == viewer.firm_id
    )
    row = session.execute(mine).one_or_none()
    if row is None:
        raise HandoverNotFound("there is no such handover in your firm")
    return _made(row)


def _made(row: Any) -> Handover:
    return Handover(
        handover_id=row.handover_id,
        firm_id=row.firm_id,
        kind=row.kind,
        at=row.at,
        by=Author(row.by_account_id, row.by_name),
        member_id=row.member_id,
        undoes=row.undoes,
        undone_by=row.undone_by,
    )


def _item(handover: Handover, move: Move) -> dict[str, Any]:
    return {
        "handover_id": handover.handover_id,
        "client_id": move.client_id,
        "from_firm_id": move.before.firm_id,
        "from_member_id": move.before.assigned_member_id,
        "to_firm_id": move.after.firm_id,
        "to_member_id": move.after.assigned_member_id,
    }


def shown(handover: Handover, quantity: int) -> dict[str, Any]:
    """A handover as a list tells of it; ``quantity`` of clients."""
    return {
        "handover_id": handover.handover_id,
        "kind": handover.kind,
        "at": handover.at,
        "by_account_id": handover.by.account_id,
        "by_name": handover.by.name,
        "member_id": handover.member_id,
        "clients": quantity,
        "undoes": handover.undoes,
        "undone_by": handover.undone_by,
        "undoable_until": handover.undoable_until,
    }
