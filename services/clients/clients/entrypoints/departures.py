"""Members leave: on their own, or removed; and their clients stay, or go with them."""

from collections import Counter
from typing import Any
from uuid import UUID, uuid5

from chassis.auth import PROFESSIONALS
from chassis.messages import command, on_event
from chassis.transactions import Transaction
from clients import schemas, storage
from clients.domain.departure import Choice, Departure
from clients.domain.events import HandoverKind
from clients.domain.handover import Author
from clients.domain.place import Place
from clients.domain.standing import Member
from clients.entrypoints.moving import begin, hand_over
from clients.leaving import leaving, removal
from clients.membership import member_from


class Departures:
    """Messages by which somebody leaves a firm; clients is the one door to it."""

    @command(schemas.RemoveMember, reply=schemas.Departed, callers=PROFESSIONALS, prepare=removal)
    def remove_member(self, tx, request):
        """Remove a member; their clients are kept or go with them, as chosen (S1-47 to S1-52)."""
        return _departed(tx, request)

    @command(schemas.LeaveFirm, reply=schemas.Departed, callers=PROFESSIONALS, prepare=leaving)
    def leave_firm(self, tx, request):
        """Leave one's firm; the clients stay there, unassigned."""
        return _departed(tx, request)

    @on_event("groups", "member_removed.v1", schemas.MemberRemoved)
    def on_member_removed(self, tx, event):
        """The plan is carried out if the command has not done it; without one, what groups says."""
        departure_id: UUID = event["departure_id"] or uuid5(event["member_id"], "removed")
        planned = storage.find_departure(tx.session, departure_id)
        departure = planned or _unplanned(tx, departure_id, event)
        carry_out(tx, departure, member_from(event), _home(event), event["home_firm_name"])


def carry_out(
    tx: Transaction, departure: Departure, member: Member, home: Place, home_name: str
) -> Departure:
    """The clients go where the plan has them go, and the member's access ends: once, together.

    Both firms are held alone: whatever is being written there comes before or after.
    """
    storage.lock_firms(tx.session, {departure.firm_id, home.firm_id})
    held = storage.lock_departure(tx.session, departure.departure_id)
    if held is None or held.carried_out:
        return held or departure
    storage.project_member(tx.session, member)
    leavers = storage.lock_clients_at(tx.session, Place(held.firm_id, held.member_id))
    receivers = storage.get_members(
        tx.session, held.firm_id, held.choice.receivers.values(), hold=True
    )
    going = held.destinations(leavers, receivers, _present_home(tx, member, home))
    handover = begin(tx, HandoverKind.DEPARTURE, held.firm_id, held.by, member_id=held.member_id)
    moves = hand_over(tx, handover, going, firm_name=home_name)
    done = handover.handover_id if moves else None
    storage.end_departure(tx.session, held.departure_id, tx.now, done)
    return storage.find_departure(tx.session, held.departure_id) or held


def _present_home(tx: Transaction, member: Member, home: Place) -> Place:
    """Where the leaver is now: who has joined another firm meanwhile has their clients there.

    Else these would go into a practice that sleeps, after its clients have moved on.
    """
    viewer = storage.find_viewer(tx.session, member.account_id)
    if viewer is None or viewer.member_id <= member.member_id:
        return home
    return Place(viewer.firm_id, viewer.member_id if viewer.works_on_clients else None)


def _home(said: dict[str, Any]) -> Place:
    return Place(said["home_firm_id"], said["home_member_id"])


def _unplanned(tx: Transaction, departure_id: UUID, event: dict[str, Any]) -> Departure:
    """A removal that nobody planned here: the clients are kept, or go, as groups says."""
    by = Author(event["removed_by_account_id"], event["removed_by_name"])
    choice = Choice(event["keep_clients"])
    departure = Departure(departure_id, event["firm_id"], event["member_id"], choice, by)
    storage.add_departure(tx.session, departure, tx.now)
    return departure


def _departed(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """The reply to the one who acts: counts and no client data, for billing-only acts too."""
    removed = request["removed"]
    departure = storage.find_departure(tx.session, request["departure_id"])
    if departure is None:
        raise AssertionError("the plan was stored before groups was asked")
    member, home = member_from(removed["member"]), _home(removed)
    done = carry_out(tx, departure, member, home, removed["home_firm_name"])
    moves = storage.moves_of(tx.session, done.handover_id) if done.handover_id else []
    counts = Counter(
        "gone"
        if not done.choice.keep
        else "reassigned"
        if move.after.assigned_member_id
        else "unassigned"
        for move in moves
    )
    return {
        "departure_id": done.departure_id,
        "member_id": done.member_id,
        "handover_id": done.handover_id,
        "kept": done.choice.keep,
        "clients": {name: counts[name] for name in ("reassigned", "unassigned", "gone")},
        "license_freed": removed["license_freed"],
        "invitations_cancelled": removed["invitations_cancelled"],
    }
