"""The one way in which clients are handed over: moved, remembered and told of."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from chassis.transactions import Transaction
from clients import storage
from clients.domain.access import Viewer
from clients.domain.client import Client
from clients.domain.events import HandoverKind
from clients.domain.handover import Author, Handover, Move
from clients.domain.place import Place


def author(tx: Transaction, viewer: Viewer) -> Author:
    """The caller as the one who hands over."""
    return Author(tx.actor.account_id, tx.actor.name[:200], viewer.member_id)


def begin(tx: Transaction, kind: HandoverKind, firm_id: UUID, by: Author, **about: Any) -> Handover:
    """A handover of now; it is kept only if something is moved by it."""
    return Handover(tx.new_id(), firm_id, kind, tx.now, by, **about)


def hand_over(
    tx: Transaction,
    handover: Handover,
    going: Iterable[tuple[Client, Place]],
    announce: bool = True,
) -> list[Move]:
    """Each client goes where it is to go; what really moved. Nothing: there was no handover."""
    moves = []
    for client, place in going:
        move = Move.of(client, place)
        events = client.go_to(place, handover.by.member_id)
        if events:
            tx.emit(events)
            moves.append(move)
    if moves:
        storage.add_handover(tx.session, handover, moves)
        tx.emit(handover.announced(moves) if announce else None)
    return moves


def shown(moves: Iterable[Move]) -> list[dict[str, Any]]:
    """The moves as replies list them."""
    return [
        {
            "client_id": move.client_id,
            "name": move.client_name,
            "from_member_id": move.before.assigned_member_id,
            "to_member_id": move.after.assigned_member_id,
        }
        for move in moves
    ]
