"""The one way in which clients are handed over: moved, remembered and told of."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from chassis.transactions import Transaction
from clients.connections import storage as connections
from clients.connections.connection import AccountConnection, Stage
from clients.handovers import storage
from clients.handovers.events import HandoverKind
from clients.handovers.handover import HandedOverBy, Handover, Move
from clients.members import storage as members
from clients.members.viewer import Viewer
from clients.records.client import Client, Ownership


def author(tx: Transaction, viewer: Viewer) -> HandedOverBy:
    """Return the caller as the one who hands over."""
    return HandedOverBy(tx.actor.account_id, tx.actor.name[:200], viewer.member_id)


def begin(
    tx: Transaction, kind: HandoverKind, firm_id: UUID, by: HandedOverBy, **about: Any
) -> Handover:
    """Return a handover of now; it is kept only if something is moved by it."""
    return Handover(tx.new_id(), firm_id, kind, tx.now, by, **about)


def hand_over(
    tx: Transaction,
    handover: Handover,
    going: Iterable[tuple[Client, Ownership]],
    announce: bool = True,
    firm_name: str = "",
) -> list[Move]:
    """Move each client where it is to go. Returns what moved; if nothing, there was no handover.

    One that goes to another firm takes no request along, and who is connected is told whose it
    is now. ``firm_name`` is that firm's, should groups not have told it here yet.
    """
    going = [(client, place) for client, place in going if client.place != place]
    leaving = [client for client, place in going if client.firm_id != place.firm_id]
    tied = connections.list_tied(tx.session, leaving) if leaving else {}
    moves = [Move.of(client, place) for client, place in going]
    for client, place in going:
        _go(tx, client, place, handover, tied.get(client.client_id), firm_name)
    if moves:
        storage.add_handover(tx.session, handover, moves)
        tx.emit(handover.announced(moves) if announce else None)
    return moves


def _go(
    tx: Transaction,
    client: Client,
    place: Ownership,
    handover: Handover,
    connection: AccountConnection | None,
    firm_name: str,
) -> None:
    """Move one client, and what ties it to an account."""
    if connection is None:
        tx.session.expunge(client)  # written by its handover, with all others of it
    if connection and connection.stage is Stage.REQUESTED:
        tx.emit(connection.withdraw(client))
    tx.emit(client.go_to(place, handover.by.member_id))
    if connection:
        holder = members.name_of_firm(tx.session, place.firm_id) or firm_name
        tx.emit(connection.transfer(client, holder))


def shown(moves: Iterable[Move]) -> list[dict[str, Any]]:
    """Return the moves as replies list them."""
    return [
        {
            "client_id": move.client_id,
            "name": move.client_name,
            "from_member_id": move.before.assigned_member_id,
            "to_member_id": move.after.assigned_member_id,
        }
        for move in moves
    ]
