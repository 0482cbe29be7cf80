"""Handover: clients that went from where they were to where they are, in one step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from clients.handovers.errors import (
    HandoverAlreadyUndone,
    HandoverCannotBeUndone,
    HandoverTooOld,
    InvalidAssignments,
)
from clients.handovers.events import ClientsHandedOver, HandoverKind, Receiver
from clients.members.errors import MemberNotFound
from clients.members.viewer import Viewer
from clients.records.client import Client, Ownership
from clients.records.errors import ClientNotFound
from clients.records.permissions import require_assignable

UNDO_FOR = timedelta(days=30)
NAMES_TOLD = 10
UNDOABLE = (HandoverKind.REASSIGNMENT, HandoverKind.DEPARTURE)


class Skipped(StrEnum):
    """Why a client stays where it is when its handover is undone."""

    MOVED_SINCE = "moved_since"
    FORMER_MEMBER_LEFT = "former_member_left"


@dataclass(frozen=True)
class HandedOverBy:
    """Who hands over; without an account it is what follows from an event."""

    account_id: UUID | None = None
    name: str = ""
    member_id: UUID | None = None


@dataclass(frozen=True)
class Move:
    """One client's part in a handover."""

    client_id: UUID
    client_name: str
    before: Ownership
    after: Ownership

    @classmethod
    def of(cls, client: Client, place: Ownership) -> "Move":
        """Return the client's way from where it is to that place."""
        return cls(client.client_id, client.name, client.place, place)


@dataclass(frozen=True)
class Handover:
    """A handover as it is kept; ``member_id`` is who joined or left, ``undoes`` what it undid."""

    handover_id: UUID
    firm_id: UUID
    kind: HandoverKind
    at: datetime
    by: HandedOverBy = field(default_factory=HandedOverBy)
    member_id: UUID | None = None
    undoes: UUID | None = None
    undone_by: UUID | None = None

    @property
    def undoable_until(self) -> datetime | None:
        """The last instant at which it can be undone; None for a kind that never can."""
        return self.at + UNDO_FOR if self.kind in UNDOABLE else None

    def require_undoable(self, now: datetime) -> None:
        """Raise HandoverCannotBeUndone, HandoverAlreadyUndone, or HandoverTooOld after 30 days."""
        if self.undoable_until is None:
            raise HandoverCannotBeUndone(f"this {self.kind} cannot be undone", kind=self.kind)
        if self.undone_by is not None:
            raise HandoverAlreadyUndone("this handover has been undone already")
        if now > self.undoable_until:
            raise HandoverTooOld("a handover can be undone for 30 days")

    def announced(self, moves: Iterable[Move]) -> ClientsHandedOver:
        """Return the event that tells of it, once for all its clients."""
        names: dict[UUID | None, list[str]] = {}
        for move in moves:
            names.setdefault(move.after.assigned_member_id, []).append(move.client_name)
        unassigned = len(names.pop(None, []))
        return ClientsHandedOver(
            handover_id=self.handover_id,
            firm_id=self.firm_id,
            kind=self.kind,
            by_account_id=self.by.account_id,
            by_name=self.by.name,
            receivers=[
                Receiver(member_id, len(theirs), sorted(theirs)[:NAMES_TOLD])
                for member_id, theirs in names.items()
                if member_id is not None
            ],
            unassigned=unassigned,
            at=self.at,
            undoes=self.undoes,
        )


Receivers = Mapping[UUID, UUID]
"""Which member gets which client: member ids by client id."""


def read_receivers(pairs: Iterable[Mapping[str, UUID]]) -> dict[UUID, UUID]:
    """Return member ids by client id. Raises InvalidAssignments for a client named twice."""
    receivers: dict[UUID, UUID] = {}
    problems: dict[str, list[str]] = {}
    for index, pair in enumerate(pairs):
        if pair["client_id"] in receivers:
            problems[f"{index}.client_id"] = ["This client is named before."]
        receivers.setdefault(pair["client_id"], pair["member_id"])
    if problems:
        raise InvalidAssignments("a client goes to one member", fields=problems)
    return receivers


def assigned(
    receivers: Receivers, members: Mapping[UUID, Viewer], clients: Iterable[Client], by: Viewer
) -> list[tuple[Client, Ownership]]:
    """Return where each client goes; all or nothing (S1-88).

    Raises OnlyAdminsReassign (S1-89), MemberNotFound, MemberCannotTakeClients (S1-90), and
    ClientNotFound if one of them is not among ``clients``, which are those the giver may see.
    """
    for member_id in receivers.values():
        if member_id not in members:
            raise MemberNotFound("there is no such member in your firm")
        require_assignable(members[member_id], by)
    there = {client.client_id: client for client in clients}
    if not there.keys() >= receivers.keys():
        raise ClientNotFound("there is no such client")
    return [
        (there[client_id], Ownership(by.firm_id, member_id))
        for client_id, member_id in receivers.items()
    ]


def undone(
    moves: Iterable[Move], clients: Mapping[UUID, Client], members: Mapping[UUID, Viewer]
) -> tuple[list[tuple[Client, Ownership]], list[tuple[Move, Skipped]]]:
    """Return which clients go back where, and which stay for what reason.

    A client goes back to whose it was, if that is one of ``members``, who can take it; else it
    is the firm's again and nobody's. One that was moved meanwhile stays where it is now.
    """
    back: list[tuple[Client, Ownership]] = []
    skipped: list[tuple[Move, Skipped]] = []
    for move in moves:
        client = clients.get(move.client_id)
        if client is None or client.place != move.after:
            skipped.append((move, Skipped.MOVED_SINCE))
            continue
        place = _former(move.before, members)
        if place == client.place:
            skipped.append((move, Skipped.FORMER_MEMBER_LEFT))
        else:
            back.append((client, place))
    return back, skipped


def _former(place: Ownership, members: Mapping[UUID, Viewer]) -> Ownership:
    member = members.get(place.assigned_member_id) if place.assigned_member_id else None
    can = member is not None and member.works_on_clients and member.firm_id == place.firm_id
    return place if can else Ownership(place.firm_id, None)
