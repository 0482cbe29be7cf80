"""Giving clients to members, one or many at once, and taking it back."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from chassis.auth import PROFESSIONALS
from chassis.messages import command, on_event, query
from chassis.transactions import Transaction
from clients.handovers import schemas, storage
from clients.handovers.acts import author, begin, hand_over, shown
from clients.handovers.events import HandoverKind
from clients.handovers.handover import (
    HandedOverBy,
    Handover,
    Move,
    Skipped,
    assigned,
    read_receivers,
    undone,
)
from clients.members import schemas as member_schemas
from clients.members import storage as members
from clients.members.member import member_from
from clients.members.viewer import Viewer
from clients.records import schemas as record_schemas
from clients.records import storage as records
from clients.records.client import Client, Ownership
from clients.records.permissions import require_assignable, require_reassigning, require_writer


class Handovers:
    """Messages about handovers; all but the taking of a client are for those who reassign."""

    @command(record_schemas.OneClient, reply=record_schemas.Client, callers=PROFESSIONALS)
    def assign_to_myself(self, tx: Transaction, client_id: UUID) -> Client:
        """Take a client, also one that is assigned to somebody else (S1-86, S1-87)."""
        viewer = require_writer(members.lock_own_firm(tx.session, tx.account_id))
        client = records.lock_client(tx.session, viewer, client_id)
        place = Ownership(viewer.firm_id, viewer.member_id)
        handover = begin(tx, HandoverKind.REASSIGNMENT, viewer.firm_id, author(tx, viewer))
        hand_over(tx, handover, [(client, place)], announce=False)  # they know it themselves
        return client

    @command(schemas.ReassignClient, reply=record_schemas.Client, callers=PROFESSIONALS)
    def reassign_client(self, tx: Transaction, client_id: UUID, member_id: UUID) -> Client:
        """Give a client to a member: for admins (S1-88)."""
        viewer = require_reassigning(members.lock_own_firm(tx.session, tx.account_id))
        member = members.lock_member(tx.session, viewer.firm_id, member_id)
        require_assignable(member, by=viewer)
        client = records.lock_client(tx.session, viewer, client_id)
        handover = begin(tx, HandoverKind.REASSIGNMENT, viewer.firm_id, author(tx, viewer))
        hand_over(tx, handover, [(client, Ownership(viewer.firm_id, member.member_id))])
        return client

    @command(
        schemas.ReassignClients,
        reply=schemas.HandedOver,
        callers=PROFESSIONALS,
    )
    def reassign_clients(
        self, tx: Transaction, assignments: list[dict[str, Any]]
    ) -> dict[str, Any]:
        """Give each client to its member, all or none (S1-88)."""
        viewer = require_reassigning(members.lock_own_firm(tx.session, tx.account_id))
        receivers = read_receivers(assignments)
        receiving = members.get_members(tx.session, viewer.firm_id, receivers.values(), hold=True)
        clients = records.lock_clients(tx.session, viewer, receivers)
        going = assigned(receivers, receiving, clients, viewer)
        handover = begin(tx, HandoverKind.REASSIGNMENT, viewer.firm_id, author(tx, viewer))
        moves = hand_over(tx, handover, going)
        return _handed_over(handover, moves) | {"unchanged": len(going) - len(moves)}

    @query(
        schemas.ListHandovers,
        reply=schemas.HandoverPage,
        callers=PROFESSIONALS,
    )
    def list_handovers(
        self, tx: Transaction, client_id: UUID | None, cursor: str | None, limit: int
    ) -> dict[str, Any]:
        """Return the firm's handovers, or those of one client, the newest first."""
        viewer = require_reassigning(members.get_viewer(tx.session, tx.account_id))
        return storage.list_handovers(
            tx.session, viewer, client_id=client_id, cursor=cursor, limit=limit
        )

    @query(schemas.GetHandover, reply=schemas.Handover, callers=PROFESSIONALS)
    def get_handover(
        self, tx: Transaction, handover_id: UUID, cursor: str | None, limit: int
    ) -> dict[str, Any]:
        """Return one handover, with a page of its clients."""
        viewer = require_reassigning(members.get_viewer(tx.session, tx.account_id))
        handover = storage.get_handover(tx.session, viewer, handover_id)
        extent = storage.extent_of(tx.session, handover.handover_id)
        items = storage.list_items(
            tx.session, viewer, handover_id=handover_id, cursor=cursor, limit=limit
        )
        return storage.shown(handover, extent) | items

    @command(schemas.OneHandover, reply=schemas.Undone, callers=PROFESSIONALS)
    def undo_handover(self, tx: Transaction, handover_id: UUID) -> dict[str, Any]:
        """Undo it within 30 days: each client still where it was put goes back to whose it was.

        A client that a leaver took along comes back too, while it is in their own practice.
        """
        viewer = require_reassigning(_enter(tx, handover_id))
        former = storage.lock_handover(tx.session, viewer, handover_id)
        former.require_undoable(tx.now)
        moves = storage.moves_of(tx.session, former.handover_id)
        givers = {member_id for move in moves if (member_id := move.before.assigned_member_id)}
        there = members.get_members(tx.session, viewer.firm_id, givers, hold=True)
        clients = storage.lock_clients_of_handover(tx.session, former.handover_id)
        going, skipped = undone(moves, clients, there)
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

    @on_event("groups", "member_changed.v1", member_schemas.MemberState)
    def on_member_changed(self, tx: Transaction, **event: Any) -> None:
        """Leave to nobody the clients of a member who can have none any more (S1-51, S1-90)."""
        member = member_from(event)
        members.project_member(tx.session, member)
        # Not only news: who asked before the event came may have made it known.
        if member.gives_up_clients and members.is_newest(tx.session, member):
            theirs = Ownership(member.firm_id, member.member_id)
            clients = records.lock_clients_at(tx.session, theirs)
            handover = begin(
                tx,
                HandoverKind.REASSIGNMENT,
                member.firm_id,
                HandedOverBy(),
                member_id=member.member_id,
            )
            nobody = Ownership(member.firm_id, None)
            hand_over(tx, handover, [(client, nobody) for client in clients])


def _enter(tx: Transaction, handover_id: UUID) -> Viewer:
    """Return the caller, with every firm held alone that the handover's clients leave or enter."""
    viewer = require_reassigning(members.get_viewer(tx.session, tx.account_id))
    former = storage.get_handover(tx.session, viewer, handover_id)
    moves = storage.moves_of(tx.session, former.handover_id)
    members.lock_firms(tx.session, storage.firms_of(moves) | {viewer.firm_id})
    return members.lock_own_firm(tx.session, tx.account_id, exclusive=True)


def _handed_over(handover: Handover, moves: Collection[Move]) -> dict[str, Any]:
    return {"handover_id": handover.handover_id if moves else None, "items": shown(moves)}


def _skipped(
    tx: Transaction, viewer: Viewer, skipped: list[tuple[Move, Skipped]]
) -> list[dict[str, Any]]:
    """Return those that stayed; the name of one that left the firm is not told (S1-52)."""
    ids = [move.client_id for move, _ in skipped]
    names = {
        client.client_id: client.name for client in records.get_clients(tx.session, viewer, ids)
    }
    return [
        {"client_id": move.client_id, "name": names.get(move.client_id), "reason": reason}
        for move, reason in skipped
    ]
