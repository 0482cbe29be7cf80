"""Handovers and their items: written once, with the clients they moved."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.paging import Paged
from clients.handovers.errors import HandoverNotFound
from clients.handovers.handover import HandedOverBy, Handover, Move
from clients.handovers.tables import handover_items, handovers
from clients.members.tables import members
from clients.members.viewer import Viewer
from clients.records import storage as records
from clients.records.access_storage import Sight, looking, visible_to
from clients.records.client import Client, Ownership
from clients.records.tables import clients

_ADD = sa.insert(handovers)
_ADD_ITEMS = sa.insert(handover_items)
_MOVE = (
    sa.update(clients)
    .where(
        handover_items.c.handover_id == sa.bindparam("of_handover"),
        handover_items.c.client_id == clients.c.client_id,
        handover_items.c.from_firm_id == clients.c.firm_id,  # not one that is there already
    )
    .values(
        firm_id=handover_items.c.to_firm_id,
        assigned_member_id=handover_items.c.to_member_id,
        version=clients.c.version + 1,
    )
)
_UNDO = (
    sa.update(handovers)
    .where(handovers.c.handover_id == sa.bindparam("of_handover"))
    .values(undone_by=sa.bindparam("by_handover"))
)
_ONE = sa.select(handovers).where(
    handovers.c.handover_id == sa.bindparam("of_handover"),
    handovers.c.firm_id == sa.bindparam("of_firm"),
)
_ONE_HELD = _ONE.with_for_update()
_MEMBER_NAME = (
    sa.select(members.c.name)
    .where(members.c.member_id == handovers.c.member_id)
    .scalar_subquery()
    .label("member_name")
)
_OF_FIRM = sa.select(handovers, _MEMBER_NAME).where(handovers.c.firm_id == sa.bindparam("of_firm"))
_HANDOVERS = Paged(_OF_FIRM, handovers.c.handover_id, descending=True)
_EXTENT = sa.select(handovers.c.quantity, _MEMBER_NAME).where(
    handovers.c.handover_id == sa.bindparam("of_handover")
)
_GIVER, _TAKER = members.alias("giver"), members.alias("taker")
_NAMES = (_GIVER.c.name.label("from_member_name"), _TAKER.c.name.label("to_member_name"))
_OF_HANDOVER = handover_items.c.handover_id == sa.bindparam("of_handover")
_COUNTS = sa.select(sa.func.count(), sa.func.count(handover_items.c.to_member_id)).where(
    _OF_HANDOVER
)
_MOVES = (
    sa.select(handover_items, clients.c.name)
    .join(clients, clients.c.client_id == handover_items.c.client_id)
    .where(_OF_HANDOVER)
    .order_by(handover_items.c.client_id)
)
_MOVED_HELD = records.held(
    clients.c.client_id.in_(sa.select(handover_items.c.client_id).where(_OF_HANDOVER))
)


def add_handover(session: Session, handover: Handover, moves: Sequence[Move]) -> None:
    """Keep the handover and its items, and move the clients; what it undoes is marked as undone.

    All clients are moved by one statement. The session writes those that it still holds before.
    """
    session.flush()
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
    session.execute(_ADD, row)
    session.execute(_ADD_ITEMS, [_item(handover, move) for move in moves])
    session.execute(_MOVE, {"of_handover": handover.handover_id})
    if handover.undoes is not None:
        undone = {"of_handover": handover.undoes, "by_handover": handover.handover_id}
        session.execute(_UNDO, undone)


def get_handover(session: Session, viewer: Viewer, handover_id: UUID) -> Handover:
    """Return the handover, if it is of the viewer's firm. Raises HandoverNotFound."""
    return _one(session, viewer, handover_id, _ONE)


def lock_handover(session: Session, viewer: Viewer, handover_id: UUID) -> Handover:
    """Return the same, held until the transaction ends."""
    return _one(session, viewer, handover_id, _ONE_HELD)


def list_handovers(
    session: Session, viewer: Viewer, limit: int, cursor: str | None, client_id: UUID | None = None
) -> dict[str, Any]:
    """Return one page of the firm's handovers, or those of a client, the newest first.

    Raises InvalidCursor.
    """
    of_firm = {"of_firm": viewer.firm_id}
    if client_id is None:
        found = _HANDOVERS.read(session, limit, cursor, **of_firm)
    else:
        found = _of_client().read(session, limit, cursor, of_client=client_id, **of_firm)
    found["items"] = [shown(_made(row), row) | _named(row) for row in found["items"]]
    return found


@cache
def _of_client() -> Paged:
    item = handover_items
    query = (
        _OF_FIRM.add_columns(*_NAMES)
        .join(item, item.c.handover_id == handovers.c.handover_id)
        .outerjoin(_GIVER, _is_there(_GIVER, item.c.from_member_id))
        .outerjoin(_TAKER, _is_there(_TAKER, item.c.to_member_id))
        .where(item.c.client_id == sa.bindparam("of_client"))
    )
    return Paged(query, handovers.c.handover_id, descending=True)


def _is_there(member: sa.FromClause, member_id: sa.Column[Any]) -> sa.ColumnElement[bool]:
    """Return the condition for somebody to be that member, of the handover's firm."""
    return sa.and_(member.c.member_id == member_id, member.c.firm_id == handovers.c.firm_id)


def _named(row: sa.RowMapping) -> dict[str, str | None]:
    return {column.name: row.get(column.name) for column in _NAMES}


def extent_of(session: Session, handover_id: UUID) -> dict[str, Any]:
    """Return how many clients the handover moved, and the name of who joined or left by it."""
    found = session.execute(_EXTENT, {"of_handover": handover_id}).one()
    return {"quantity": found.quantity, "member_name": found.member_name}


def list_items(
    session: Session, viewer: Viewer, handover_id: UUID, limit: int, cursor: str | None
) -> dict[str, Any]:
    """Return one page of a handover's items; a client hidden from the viewer now has no name."""
    items = _items(Sight.of(viewer))
    return items.read(session, limit, cursor, of_handover=handover_id, **looking(viewer))


@cache
def _items(sight: Sight) -> Paged:
    name = sa.case((visible_to(sight), clients.c.name)).label("name")
    of_clients = (
        sa.select(handover_items, name, *_NAMES)
        .join(clients, clients.c.client_id == handover_items.c.client_id)
        .outerjoin(_GIVER, _GIVER.c.member_id == handover_items.c.from_member_id)
        .outerjoin(_TAKER, _TAKER.c.member_id == handover_items.c.to_member_id)
    )
    return Paged(of_clients.where(_OF_HANDOVER), handover_items.c.client_id)


def moves_of(session: Session, handover_id: UUID) -> list[Move]:
    """Return every item of a handover, with the client's name as it is now."""
    return [
        Move(
            row.client_id,
            row.name,
            Ownership(row.from_firm_id, row.from_member_id),
            Ownership(row.to_firm_id, row.to_member_id),
        )
        for row in session.execute(_MOVES, {"of_handover": handover_id})
    ]


def count_moves(session: Session, handover_id: UUID | None) -> tuple[int, int]:
    """Return how many clients a handover moved, and how many of them to a member; of none, 0."""
    moved, assigned = session.execute(_COUNTS, {"of_handover": handover_id}).one()
    return moved, assigned


def lock_clients_of_handover(session: Session, handover_id: UUID) -> dict[UUID, Client]:
    """Return the clients that a handover moved, wherever they are now, held; by id."""
    moved = session.scalars(_MOVED_HELD, {"of_handover": handover_id})
    return {client.client_id: client for client in moved}


def firms_of(moves: Iterable[Move]) -> set[UUID]:
    """Return every firm that these moves touch."""
    return {place.firm_id for move in moves for place in (move.before, move.after)}


def _one(session: Session, viewer: Viewer, handover_id: UUID, query: sa.Select[Any]) -> Handover:
    asked = {"of_handover": handover_id, "of_firm": viewer.firm_id}
    row = session.execute(query, asked).mappings().one_or_none()
    if row is None:
        raise HandoverNotFound("there is no such handover in your firm")
    return _made(row)


def _made(row: sa.RowMapping) -> Handover:
    return Handover(
        handover_id=row["handover_id"],
        firm_id=row["firm_id"],
        kind=row["kind"],
        at=row["at"],
        by=HandedOverBy(row["by_account_id"], row["by_name"]),
        member_id=row["member_id"],
        undoes=row["undoes"],
        undone_by=row["undone_by"],
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


def shown(handover: Handover, extent: Mapping[str, Any]) -> dict[str, Any]:
    """Return a handover as a list tells of it; see ``extent_of``."""
    return {
        "handover_id": handover.handover_id,
        "kind": handover.kind,
        "at": handover.at,
        "by_account_id": handover.by.account_id,
        "by_name": handover.by.name,
        "member_id": handover.member_id,
        "member_name": extent["member_name"],
        "clients": extent["quantity"],
        "undoes": handover.undoes,
        "undone_by": handover.undone_by,
        "undoable_until": handover.undoable_until,
    }
