"""Members leave: on their own, or removed; and their clients stay, or go with them."""

from typing import Any
from uuid import UUID, uuid5

from chassis.auth import PROFESSIONALS
from chassis.messages import command, on_event
from chassis.transactions import Transaction
from clients.departures import schemas, storage
from clients.departures.acts import arrive, carry_out
from clients.departures.before import leaving, removal
from clients.departures.departure import Choice, Departure
from clients.handovers import storage as handovers
from clients.handovers.handover import HandedOverBy
from clients.members import schemas as member_schemas
from clients.members.member import member_from
from clients.records.client import Ownership


class Departures:
    """Messages by which somebody leaves a firm or joins one; clients is the one door out of it."""

    @command(schemas.RemoveMember, reply=schemas.Departed, callers=PROFESSIONALS, prepare=removal)
    def remove_member(
        self, tx: Transaction, departure_id: UUID, removed: dict[str, Any]
    ) -> dict[str, Any]:
        """Remove a member; their clients are kept or go with them, as chosen (S1-47 to S1-52)."""
        return _departed(tx, departure_id, removed)

    @command(schemas.LeaveFirm, reply=schemas.Departed, callers=PROFESSIONALS, prepare=leaving)
    def leave_firm(
        self, tx: Transaction, departure_id: UUID, removed: dict[str, Any]
    ) -> dict[str, Any]:
        """Leave one's firm; the clients stay there, unassigned."""
        return _departed(tx, departure_id, removed)

    @on_event("groups", "member_removed.v1", schemas.MemberRemoved)
    def on_member_removed(self, tx: Transaction, **event: Any) -> None:
        """Carry the plan out if the command has not done it; without one, do what groups says."""
        departure_id: UUID = event["departure_id"] or uuid5(event["member_id"], "removed")
        planned = storage.find_departure(tx.session, departure_id)
        departure = planned or _unplanned(tx, departure_id, event)
        carry_out(tx, departure, member_from(event), _home(event), event["home_firm_name"])

    @on_event("groups", "member_joined.v1", member_schemas.MemberJoined)
    def on_member_joined(self, tx: Transaction, **event: Any) -> None:
        """Bring along the clients of the solo firm they left, still theirs (S1-36, Q14).

        Who joins as somebody who can have no clients brings them for the others (S1-90).
        """
        arrive(tx, member_from(event), event["left_firm_id"], event["firm_name"])


def _home(said: dict[str, Any]) -> Ownership:
    return Ownership(said["home_firm_id"], said["home_member_id"])


def _unplanned(tx: Transaction, departure_id: UUID, event: dict[str, Any]) -> Departure:
    """Plan a removal that nobody planned here: the clients are kept, or go, as groups says."""
    by = HandedOverBy(event["removed_by_account_id"], event["removed_by_name"])
    choice = Choice(event["keep_clients"])
    departure = Departure(departure_id, event["firm_id"], event["member_id"], choice, by)
    storage.add_departure(tx.session, departure, tx.now)
    return departure


def _departed(tx: Transaction, departure_id: UUID, removed: dict[str, Any]) -> dict[str, Any]:
    """Carry the plan out and return the reply to the one who acts.

    It has counts and no client data, for billing-only acts too.
    """
    departure = storage.find_departure(tx.session, departure_id)
    if departure is None:
        raise AssertionError("the plan was stored before groups was asked")
    member, home = member_from(removed["member"]), _home(removed)
    done = carry_out(tx, departure, member, home, removed["home_firm_name"])
    moved, assigned = handovers.count_moves(tx.session, done.handover_id)
    return {
        "departure_id": done.departure_id,
        "member_id": done.member_id,
        "handover_id": done.handover_id,
        "kept": done.choice.keep,
        "clients": done.choice.counts(moved, assigned),
        "license_freed": removed["license_freed"],
        "invitations_cancelled": removed["invitations_cancelled"],
    }
