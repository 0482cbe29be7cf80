"""Handing over many clients at once, seeing beforehand what it does, and taking it back."""

from collections.abc import Collection
from typing import Any

from chassis.auth import PROFESSIONALS
from chassis.messages import command, query
from chassis.transactions import Transaction
from clients import schemas, storage
from clients.domain.access import Viewer
from clients.domain.assignment import require_reassigning
from clients.domain.events import HandoverKind
from clients.domain.handover import Handover, Move, Skipped, assigned, read_receivers, undone
from clients.entrypoints import scenes
from clients.entrypoints.moving import author, begin, hand_over, shown
from clients.entrypoints.showing import Shower


class Handovers:
    """Messages about handovers, for those who reassign."""

    @command(
        schemas.ReassignClients,
        reply=schemas.HandedOver,
        callers=PROFESSIONALS,
    )
    def reassign_clients(self, tx, request):
        """Give each client to its member, all or none (S1-88)."""
        viewer = require_reassigning(storage.enter_firm(tx.session, tx.actor.account_id))
        receivers = read_receivers(request["assignments"])
        members = storage.get_members(tx.session, viewer.firm_id, receivers.values(), hold=True)
        clients = storage.lock_clients(tx.session, viewer, receivers)
        going = assigned(receivers, members, clients, viewer)
        handover = begin(tx, HandoverKind.REASSIGNMENT, viewer.firm_id, author(tx, viewer))
        moves = hand_over(tx, handover, going)
        return _handed_over(handover, moves) | {"unchanged": len(going) - len(moves)}

    @query(
        schemas.ReassignClients,
        reply=schemas.ReassignmentPreview,
        callers=PROFESSIONALS,
    )
    def preview_reassignment(self, tx, request):
        """What reassigning so would do now, by the same rule; nothing is written."""
        viewer = require_reassigning(storage.get_viewer(tx.session, tx.actor.account_id))
        receivers = read_receivers(request["assignments"])
        members = storage.get_members(tx.session, viewer.firm_id, receivers.values())
        clients = storage.get_clients(tx.session, viewer, receivers)
        going = assigned(receivers, members, clients, viewer)
        moves = [Move.of(client, place) for client, place in going if client.place != place]
        found = scenes.reassigning(tx.session, viewer.firm_id, moves)
        return {
            "items": shown(moves),
            "unchanged": len(going) - len(moves),
            "effects": Shower(tx.session, viewer).show(found),
        }

    @query(
        schemas.ListHandovers,
        reply=schemas.HandoverPage,
        callers=PROFESSIONALS,
    )
    def list_handovers(self, tx, request):
        """The firm's handovers, the newest first."""
        viewer = require_reassigning(storage.get_viewer(tx.session, tx.actor.account_id))
        return storage.list_handovers(tx.session, viewer, **request)

    @query(schemas.GetHandover, reply=schemas.Handover, callers=PROFESSIONALS)
    def get_handover(self, tx, request):
        """One handover, with a page of its clients."""
        viewer = require_reassigning(storage.get_viewer(tx.session, tx.actor.account_id))
        handover = storage.get_handover(tx.session, viewer, request["handover_id"])
        quantity = storage.quantity_of(tx.session, handover.handover_id)
        items = storage.list_items(tx.session, viewer, **request)
        return storage.shown(handover, quantity) | items

    @command(schemas.OneHandover, reply=schemas.Undone, callers=PROFESSIONALS)
    def undo_handover(self, tx, request):
        """Within 30 days: each client that is still where it was put goes back to whose it was.

        A client that a leaver took along comes back too, while it is in their own practice.
        """
        viewer = require_reassigning(_enter(tx, request["handover_id"]))
        former = storage.lock_handover(tx.session, viewer, request["handover_id"])
        former.require_undoable(tx.now)
        moves = storage.moves_of(tx.session, former.handover_id)
        givers = {member_id for move in moves if (member_id := move.before.assigned_member_id)}
        members = storage.get_members(tx.session, viewer.firm_id, givers, hold=True)
        clients = storage.lock_clients_of_handover(tx.session, former.handover_id)
        going, skipped = undone(moves, clients, members)
        handover = begin(
            tx,
            HandoverKind.UNDO,
            viewer.firm_id,
            author(tx, viewer),
            member_id=former.member_id,
            undoes=former.handover_id,
        )
        done = hand_over(tx, handover, going)
        return _handed_over(handover, done) | {"skipped": _skipped(tx, viewer, skipped)}


def _enter(tx: Any, handover_id: Any) -> Viewer:
    """The caller, with every firm held alone that clients of the handover go out of or into."""
    viewer = require_reassigning(storage.get_viewer(tx.session, tx.actor.account_id))
    former = storage.get_handover(tx.session, viewer, handover_id)
    moves = storage.moves_of(tx.session, former.handover_id)
    storage.lock_firms(tx.session, storage.firms_of(moves) | {viewer.firm_id})
    return storage.enter_firm(tx.session, tx.actor.account_id, alone=True)


def _handed_over(handover: Handover, moves: Collection[Move]) -> dict[str, Any]:
    return {"handover_id": handover.handover_id if moves else None, "items": shown(moves)}


def _skipped(
    tx: Transaction, viewer: Viewer, skipped: list[tuple[Move, Skipped]]
) -> list[dict[str, Any]]:
    """Those that stayed; the name of one that left the firm is not told (S1-52)."""
    ids = [move.client_id for move, _ in skipped]
    names = {
        client.client_id: client.name for client in storage.get_clients(tx.session, viewer, ids)
    }
    return [
        {"client_id": move.client_id, "name": names.get(move.client_id), "reason": reason}
        for move, reason in skipped
    ]
