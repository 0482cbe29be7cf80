"""What follows for clients when somebody is a member of another firm, or of none any more."""

from uuid import UUID

from chassis.transactions import Transaction
from clients.departures import storage
from clients.departures.departure import Departure
from clients.handovers.acts import begin, hand_over
from clients.handovers.events import HandoverKind
from clients.handovers.handover import HandedOverBy
from clients.members import storage as members
from clients.members.member import Member
from clients.records import storage as records
from clients.records.client import Ownership


def arrive(tx: Transaction, member: Member, left_firm_id: UUID | None, firm_name: str) -> None:
    """Take over a member: the clients of the solo firm that they left are there from now on.

    Said again it changes nothing.
    """
    if left_firm_id is not None:
        members.lock_firm(tx.session, left_firm_id)
        _bring_along(tx, member, left_firm_id, firm_name)
    members.project_member(tx.session, member)


def _bring_along(tx: Transaction, member: Member, left_firm_id: UUID, firm_name: str) -> None:
    departure = storage.find_departure_of(tx.session, member.member_id)
    if departure is not None and not departure.choice.keep:
        return  # they have left again with their clients, and this comes late
    keeps = departure is None and not member.gives_up_clients
    there = Ownership(member.firm_id, member.member_id if keeps else None)
    by = HandedOverBy(member.account_id, member.name)
    handover = begin(tx, HandoverKind.JOINING, member.firm_id, by, member_id=member.member_id)
    clients = records.lock_clients_of_firm(tx.session, left_firm_id)
    going = [(client, there) for client in clients]
    hand_over(tx, handover, going, firm_name=firm_name)


def carry_out(
    tx: Transaction, departure: Departure, member: Member, home: Ownership, home_name: str
) -> Departure:
    """Move the clients where the plan has them go and end the member's access, once and together.

    Both firms are held alone: whatever is being written there comes before or after.
    """
    members.lock_firms(tx.session, {departure.firm_id, home.firm_id})
    held = storage.lock_departure(tx.session, departure.departure_id)
    if held is None or held.carried_out:
        return held or departure
    members.project_member(tx.session, member)
    leavers = records.lock_clients_at(tx.session, Ownership(held.firm_id, held.member_id))
    receivers = members.get_members(
        tx.session, held.firm_id, held.choice.receivers.values(), hold=True
    )
    going = held.destinations(leavers, receivers, _present_home(tx, member, home))
    handover = begin(tx, HandoverKind.DEPARTURE, held.firm_id, held.by, member_id=held.member_id)
    moves = hand_over(tx, handover, going, firm_name=home_name)
    done = handover.handover_id if moves else None
    storage.end_departure(tx.session, held.departure_id, tx.now, done)
    return storage.find_departure(tx.session, held.departure_id) or held


def _present_home(tx: Transaction, member: Member, home: Ownership) -> Ownership:
    """Return where the leaver is now: in another firm, if they have joined one meanwhile.

    Their clients go there. Else these would go into a practice that sleeps, after its clients have
    moved on.
    """
    viewer = members.find_viewer(tx.session, member.account_id)
    if viewer is None or viewer.member_id <= member.member_id:
        return home
    return Ownership(viewer.firm_id, viewer.member_id if viewer.works_on_clients else None)
