"""Departure: the plan by which a member leaves, and what becomes of their clients."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from clients.departures.errors import ClientsChoiceRequired, LeaveInstead, NotAllowed
from clients.handovers.errors import InvalidAssignments
from clients.handovers.handover import HandedOverBy, Receivers, assigned
from clients.members.viewer import Viewer
from clients.records.client import Client, Ownership
from clients.records.errors import ClientNotFound, MemberCannotTakeClients
from clients.records.permissions import require_reassigning


@dataclass(frozen=True)
class Choice:
    """What the remover chose: the firm keeps the clients, for their receivers, or lets them go."""

    keep: bool = True
    receivers: Receivers = field(default_factory=dict)

    def counts(self, moved: int, assigned: int) -> dict[str, int]:
        """Return what became of the clients that moved, of which so many were assigned."""
        kept = moved if self.keep else 0
        reassigned = assigned if self.keep else 0
        return {
            "reassigned": reassigned,
            "unassigned": kept - reassigned,
            "gone": moved - kept,
        }


@dataclass(frozen=True)
class Cancelling:
    """Which of the leaver's pending invitations groups takes back: all, these, or none."""

    all: bool = False
    ids: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Departure:
    """A plan, and whether it was carried out; without a handover nothing was moved by it."""

    departure_id: UUID
    firm_id: UUID
    member_id: UUID
    choice: Choice
    by: HandedOverBy
    carried_out: bool = False
    handover_id: UUID | None = None
    cancelling: Cancelling = Cancelling()

    def destinations(
        self, clients: Iterable[Client], members: Mapping[UUID, Viewer], home: Ownership
    ) -> list[tuple[Client, Ownership]]:
        """Return where each of the leaver's clients goes (S1-50, S1-51, S1-52, Q14).

        Kept ones go to their receiver if that is one of ``members``, who can take them, else to
        nobody; the others go to ``home``, the leaver's own practice.
        """
        return [(client, self._destination(client, members, home)) for client in clients]

    def _destination(
        self, client: Client, members: Mapping[UUID, Viewer], home: Ownership
    ) -> Ownership:
        if not self.choice.keep:
            return home
        receiver = self.choice.receivers.get(client.client_id)
        if receiver is None or receiver not in members:
            return Ownership(self.firm_id, None)
        return Ownership(self.firm_id, receiver if members[receiver].works_on_clients else None)


def require_removing(viewer: Viewer) -> Viewer:
    """Return the viewer, who may remove members: admins and billing-only (S1-64).

    Raises NotAllowed.
    """
    if not viewer.removes_members:
        raise NotAllowed("members are removed by admins and billing-only members")
    return viewer


def require_another(viewer: Viewer, member_id: UUID) -> None:
    """Raise LeaveInstead if they would remove themselves: what one leaves stays the firm's."""
    if viewer.member_id == member_id:
        raise LeaveInstead("whoever goes themselves leaves the firm")


def require_choice(choice: Choice | None, clients: int) -> Choice:
    """Return the choice; it must be made only if there are clients (S1-48, S1-49).

    Raises ClientsChoiceRequired with how many there are, InvalidAssignments for receivers of
    clients that are not kept.
    """
    if choice is None:
        if clients:
            raise ClientsChoiceRequired(
                "say whether the firm keeps this member's clients", clients=clients
            )
        return Choice()
    if choice.receivers and not choice.keep:
        problem = {"clients.receivers": ["Clients that go have no receivers."]}
        raise InvalidAssignments("clients are kept and given, or let go", fields=problem)
    return choice


def require_receivers(
    choice: Choice,
    leaver_id: UUID,
    members: Mapping[UUID, Viewer],
    clients: Iterable[Client],
    by: Viewer,
) -> None:
    """Raise what giving them would: whoever sees no clients gives none (S1-63, S1-89, S1-90).

    ClientNotFound stands for a client that is not the leaver's, too.
    """
    if not choice.receivers:
        return
    require_reassigning(by)
    going = assigned(choice.receivers, members, clients, by)
    if leaver_id in choice.receivers.values():
        raise MemberCannotTakeClients("this member leaves")
    if any(client.assigned_member_id != leaver_id for client, _ in going):
        raise ClientNotFound("there is no such client")
