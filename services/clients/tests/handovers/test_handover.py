from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from clients.handovers.errors import (
    HandoverAlreadyUndone,
    HandoverCannotBeUndone,
    HandoverTooOld,
    InvalidAssignments,
)
from clients.handovers.events import HandoverKind
from clients.handovers.handover import Handover, Move, Skipped, assigned, read_receivers, undone
from clients.members.errors import MemberNotFound
from clients.members.viewer import Role, Viewer
from clients.records.client import Client, Ownership
from clients.records.errors import ClientNotFound, MemberCannotTakeClients, OnlyAdminsReassign

FIRM = uuid4()
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
MONTH = timedelta(days=30)


def a_handover(kind=HandoverKind.REASSIGNMENT, at=NOW, **more):
    return Handover(uuid4(), FIRM, kind, at, **more)


def a_member(role=Role.MEMBER):
    return Viewer(uuid4(), FIRM, role)


def a_client(member=None, firm_id=FIRM):
    ids = {"client_id": uuid4(), "firm_id": firm_id}
    return Client(**ids, assigned_member_id=member and member.member_id, name="Ann Weiss")


def moved(client, before):
    return Move(client.client_id, client.name, before, client.place)


def by_id(*things):
    return {getattr(thing, "client_id", None) or thing.member_id: thing for thing in things}


def test_a_handover_can_be_undone_for_thirty_days_and_not_a_moment_longer():
    handover = a_handover()

    handover.require_undoable(NOW + MONTH)

    with pytest.raises(HandoverTooOld):
        handover.require_undoable(NOW + MONTH + timedelta(microseconds=1))


def test_a_handover_is_undone_once():
    with pytest.raises(HandoverAlreadyUndone):
        a_handover(undone_by=uuid4()).require_undoable(NOW)


@pytest.mark.parametrize("kind", [HandoverKind.JOINING, HandoverKind.UNDO])
def test_neither_a_joining_nor_an_undoing_is_undone(kind):
    with pytest.raises(HandoverCannotBeUndone) as refused:
        a_handover(kind).require_undoable(NOW)

    assert refused.value.details == {"kind": kind}
    assert a_handover(kind).undoable_until is None


def test_a_client_goes_back_to_whose_it_was():
    former, now = a_member(), a_member()
    client = a_client(now)
    moves = [moved(client, Ownership(FIRM, former.member_id))]

    going, skipped = undone(moves, by_id(client), by_id(former))

    assert (going, skipped) == ([(client, Ownership(FIRM, former.member_id))], [])


@pytest.mark.parametrize("there", [True, False])
def test_a_client_whose_former_member_cannot_take_it_is_nobodys(there):
    former, now = a_member(Role.BILLING_ONLY), a_member()
    client = a_client(now)
    moves = [moved(client, Ownership(FIRM, former.member_id))]

    going, skipped = undone(moves, by_id(client), by_id(former) if there else {})

    assert (going, skipped) == ([(client, Ownership(FIRM, None))], [])


def test_a_client_that_was_moved_since_stays():
    former, now, third = a_member(), a_member(), a_member()
    client = a_client(now)
    moves = [moved(client, Ownership(FIRM, former.member_id))]
    client.go_to(Ownership(FIRM, third.member_id), None)

    going, skipped = undone(moves, by_id(client), by_id(former))

    assert (going, skipped) == ([], [(moves[0], Skipped.MOVED_SINCE)])


def test_a_client_that_is_nobodys_stays_so_if_its_member_has_left():
    client = a_client()
    moves = [moved(client, Ownership(FIRM, uuid4()))]

    going, skipped = undone(moves, by_id(client), {})

    assert (going, skipped) == ([], [(moves[0], Skipped.FORMER_MEMBER_LEFT)])


def test_a_client_that_went_with_a_leaver_comes_back_to_the_firm_as_nobodys():
    home, leaver = uuid4(), uuid4()
    client = Client(uuid4(), home, assigned_member_id=uuid4(), name="Ann")
    moves = [moved(client, Ownership(FIRM, leaver))]

    going, skipped = undone(moves, by_id(client), {})

    assert (going, skipped) == ([(client, Ownership(FIRM, None))], [])


def test_assignments_name_each_client_once():
    pair = {"client_id": uuid4(), "member_id": uuid4()}

    assert read_receivers([pair]) == {pair["client_id"]: pair["member_id"]}
    with pytest.raises(InvalidAssignments) as refused:
        read_receivers([pair, {**pair, "member_id": uuid4()}])
    assert list(refused.value.details["fields"]) == ["1.client_id"]


def test_each_client_goes_to_its_own_receiver():
    admin, first, second = a_member(Role.ADMIN), a_member(), a_member(Role.PRACTITIONER)
    one, other = a_client(), a_client(first)
    receivers = {one.client_id: first.member_id, other.client_id: second.member_id}

    going = assigned(receivers, by_id(first, second), [other, one], admin)

    assert going == [
        (one, Ownership(FIRM, first.member_id)),
        (other, Ownership(FIRM, second.member_id)),
    ]


def test_of_assignments_all_must_be_right():
    admin, member, payer = a_member(Role.ADMIN), a_member(), a_member(Role.BILLING_ONLY)
    client, hidden = a_client(), a_client()
    members = by_id(member, payer)

    def assign(client_id, member_id, by=admin):
        receivers = {client.client_id: member.member_id, client_id: member_id}
        return assigned(receivers, members, [client], by)

    with pytest.raises(MemberNotFound):
        assign(client.client_id, uuid4())
    with pytest.raises(MemberCannotTakeClients):
        assign(client.client_id, payer.member_id)
    with pytest.raises(ClientNotFound):
        assign(hidden.client_id, member.member_id)
    with pytest.raises(OnlyAdminsReassign):
        assign(client.client_id, member.member_id, by=a_member())


def test_a_handover_is_announced_once_with_up_to_ten_names_per_receiver():
    handover, member = a_handover(), uuid4()
    moves = [
        Move(uuid4(), f"Client {number:02d}", Ownership(FIRM, None), Ownership(FIRM, member))
        for number in reversed(range(12))
    ]
    left = Move(uuid4(), "Zoe", Ownership(FIRM, member), Ownership(FIRM, None))

    event = handover.announced([*moves, left])

    (receiver,) = event.receivers
    assert (receiver.member_id, receiver.quantity, event.unassigned) == (member, 12, 1)
    assert receiver.client_names == [f"Client {number:02d}" for number in range(10)]
