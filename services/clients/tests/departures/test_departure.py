from uuid import uuid4

import pytest

from clients.departures.departure import (
    Choice,
    Departure,
    require_another,
    require_choice,
    require_receivers,
    require_removing,
)
from clients.departures.errors import ClientsChoiceRequired, LeaveInstead, NotAllowed
from clients.handovers.errors import InvalidAssignments
from clients.handovers.handover import HandedOverBy
from clients.members.viewer import Role, Viewer
from clients.records.client import Client, Ownership
from clients.records.errors import CannotWorkOnClients, ClientNotFound, MemberCannotTakeClients

FIRM, LEAVER, HOME = uuid4(), uuid4(), Ownership(uuid4(), uuid4())


def a_member(role=Role.MEMBER, member_id=None):
    return Viewer(member_id or uuid4(), FIRM, role)


def a_client(member_id=LEAVER):
    return Client(uuid4(), FIRM, assigned_member_id=member_id, name="Ann")


def a_departure(**choice):
    return Departure(uuid4(), FIRM, LEAVER, Choice(**choice), HandedOverBy())


def by_id(*members):
    return {member.member_id: member for member in members}


@pytest.mark.parametrize("role", Role)
def test_admins_and_billing_only_members_remove_others_do_not(role):
    if role in (Role.ADMIN, Role.BILLING_ONLY):
        assert require_removing(a_member(role))
        return
    with pytest.raises(NotAllowed):
        require_removing(a_member(role))


def test_nobody_removes_themselves():
    admin = a_member(Role.ADMIN)

    require_another(admin, uuid4())

    with pytest.raises(LeaveInstead):
        require_another(admin, admin.member_id)


@pytest.mark.proves("S1-48", "S1-49")
def test_the_choice_must_be_made_from_one_client_on():
    assert require_choice(None, 0) == Choice(keep=True)
    with pytest.raises(ClientsChoiceRequired) as refused:
        require_choice(None, 1)
    assert refused.value.details == {"clients": 1}
    assert require_choice(Choice(keep=False), 1) == Choice(keep=False)


def test_clients_that_go_are_given_to_nobody():
    with pytest.raises(InvalidAssignments):
        require_choice(Choice(keep=False, receivers={uuid4(): uuid4()}), 1)


def test_a_plan_names_only_clients_of_the_leaver_and_members_who_can_take_them():
    admin, member, payer = a_member(Role.ADMIN), a_member(), a_member(Role.BILLING_ONLY)
    theirs, other = a_client(), a_client(member.member_id)
    members = by_id(member, payer, a_member(member_id=LEAVER))

    def plan(client, receiver, by=admin):
        choice = Choice(receivers={client.client_id: receiver})
        require_receivers(choice, LEAVER, members, [theirs, other], by)

    plan(theirs, member.member_id)
    with pytest.raises(ClientNotFound):
        plan(other, member.member_id)
    with pytest.raises(MemberCannotTakeClients):
        plan(theirs, payer.member_id)
    with pytest.raises(MemberCannotTakeClients):
        plan(theirs, LEAVER)
    with pytest.raises(CannotWorkOnClients):
        plan(theirs, member.member_id, by=payer)


def test_kept_clients_go_to_their_receivers_or_to_nobody():
    member, payer = a_member(), a_member(Role.BILLING_ONLY)
    given, unsaid, refused, lost = (a_client() for _ in range(4))
    departure = a_departure(
        receivers={
            given.client_id: member.member_id,
            refused.client_id: payer.member_id,
            lost.client_id: uuid4(),
        }
    )

    going = departure.destinations([given, unsaid, refused, lost], by_id(member, payer), HOME)

    assert [place.assigned_member_id for _, place in going] == [
        member.member_id,
        None,
        None,
        None,
    ]
    assert {place.firm_id for _, place in going} == {FIRM}


def test_clients_that_are_not_kept_go_home_with_the_leaver():
    client = a_client()

    assert a_departure(keep=False).destinations([client], {}, HOME) == [(client, HOME)]


@pytest.mark.parametrize(
    ("keep", "counts"),
    [
        (True, {"reassigned": 2, "unassigned": 1, "gone": 0}),
        (False, {"reassigned": 0, "unassigned": 0, "gone": 3}),
    ],
)
def test_who_removes_is_told_how_many_clients_stayed_with_whom_or_went(keep, counts):
    assert Choice(keep=keep).counts(moved=3, assigned=2) == counts
