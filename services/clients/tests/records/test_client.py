from datetime import date
from uuid import uuid4

import pytest

from clients.members.viewer import Role, Viewer
from clients.records.client import Client, Ownership
from clients.records.details import Reading, read_details
from clients.records.errors import (
    CannotManageRecords,
    CannotWorkOnClients,
    ClientChangedMeanwhile,
    ClientIsClosed,
    ClosedIsOff,
    MemberCannotTakeClients,
    OnlyAdminsReassign,
)
from clients.records.events import ClientAssigned, ClientChanged, Status
from clients.records.new_client import NewClient
from clients.records.permissions import require_assignable
from clients.records.phones import read_phone

FIRM = uuid4()
GERMANY = Reading("49", date(2026, 3, 1), read_phone)
OTHER_STATUSES = [Status.PROSPECT, Status.ACTIVE, Status.INACTIVE]


def details(onto=None, **fields):
    return read_details({"given_name": "Ann", "family_name": "Weiss", **fields}, GERMANY, onto)


def a_client(status=Status.PROSPECT, closed_is_on=True, **fields):
    ids = {"client_id": uuid4(), "firm_id": FIRM}
    return Client.open(details(**fields), status, closed_is_on, **ids)


def a_member(role=Role.MEMBER):
    return Viewer(uuid4(), FIRM, role)


def give(client, member, by):
    require_assignable(member, by)
    return client.go_to(Ownership(client.firm_id, member.member_id), by.member_id)


def test_a_new_record_announces_itself_in_full():
    client = a_client(emails=["ann@example.org"], phones=["030 123456"], tags=["vip"])

    created = client.created

    assert (created.name, created.version, created.status) == ("Ann Weiss", 1, Status.PROSPECT)
    assert (created.emails, created.phones) == (["ann@example.org"], ["+4930123456"])
    assert (created.firm_id, created.tags, created.assigned_member_id) == (FIRM, ["vip"], None)


def test_one_that_is_opened_among_many_says_and_keeps_what_one_alone_does():
    written = details(emails=["ann@example.org"], phones=["030 123456"], tags=["vip"], number="7-1")
    ids = {"client_id": uuid4(), "firm_id": FIRM, "external_id": "x1"}

    new = NewClient(details=written, status=Status.ACTIVE, **ids, assigned_member_id=uuid4())
    alone = Client.open(
        written, Status.ACTIVE, False, **ids, assigned_member_id=new.assigned_member_id
    )

    assert new.created == alone.created
    assert {name: getattr(alone, name) for name in new.fields} == new.fields
    assert alone.details == written


def test_events_carry_neither_the_box_for_staff_nor_the_birth_date():
    client = a_client(additional_information="secret", birth_date=date(2010, 1, 2))

    assert "secret" not in repr(client.created)
    assert "2010" not in repr(client.created)


def test_an_update_is_announced_once_and_a_repetition_not_at_all():
    client = a_client()

    changed = client.update(details(number="7"), None, closed_is_on=False)

    assert isinstance(changed, ClientChanged)
    assert (changed.number, changed.version, client.version) == ("7", 2, 2)
    assert client.update(details(number="7"), None, closed_is_on=False) is None
    assert client.version == 2


def test_the_name_the_order_and_the_search_follow_an_update():
    client = a_client()

    client.update(details(family_name="Ölmann", emails=["A@b.org"]), None, closed_is_on=False)

    assert (client.name, client.sort_name) == ("Ann Ölmann", "olmann ann")
    assert client.search_text == "ann olmann a@b.org"


def test_a_change_based_on_an_older_version_is_refused():
    client = a_client()
    client.update(details(number="7"), None, closed_is_on=False)

    with pytest.raises(ClientChangedMeanwhile):
        client.require_version(1)
    client.require_version(2)
    client.require_version(None)


@pytest.mark.parametrize("before", OTHER_STATUSES)
@pytest.mark.parametrize("after", OTHER_STATUSES)
def test_a_client_goes_freely_between_the_three_statuses(before, after):
    client = a_client(before)

    changed = client.update(client.details, after, closed_is_on=False)

    assert client.status is after
    assert (changed is None) == (before is after)


def test_closed_is_only_there_where_it_is_turned_on():
    with pytest.raises(ClosedIsOff):
        a_client(Status.CLOSED, closed_is_on=False)
    client = a_client()
    with pytest.raises(ClosedIsOff):
        client.update(client.details, Status.CLOSED, closed_is_on=False)

    client.update(client.details, Status.CLOSED, closed_is_on=True)

    assert client.status is Status.CLOSED


@pytest.mark.parametrize("after", OTHER_STATUSES)
def test_closed_is_final(after):
    client = a_client(Status.CLOSED)

    with pytest.raises(ClientIsClosed):
        client.update(client.details, after, closed_is_on=True)

    assert client.update(details(number="7"), Status.CLOSED, closed_is_on=True).number == "7"


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MEMBER])
def test_whoever_works_with_records_takes_a_client_without_asking_who_has_it(role):
    client, first, second = a_client(), a_member(), a_member(role)
    give(client, first, by=first)

    changed, assigned = give(client, second, by=second)

    assert client.assigned_member_id == second.member_id
    assert isinstance(changed, ClientChanged)
    assert isinstance(assigned, ClientAssigned)
    assert changed.assigned_member_id == assigned.assigned_member_id == second.member_id
    assert assigned.previous_member_id == first.member_id
    assert changed.version == assigned.version == 3


def test_taking_ones_own_client_again_says_nothing():
    client, member = a_client(), a_member()
    give(client, member, by=member)

    assert give(client, member, by=member) == []


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MEMBER, Role.PRACTITIONER])
def test_an_admin_gives_a_client_to_anybody_who_works_on_clients(role):
    client, admin, member = a_client(), a_member(Role.ADMIN), a_member(role)

    give(client, member, by=admin)

    assert client.assigned_member_id == member.member_id


def test_a_member_gives_no_client_to_a_third_person():
    client = a_client()

    with pytest.raises(OnlyAdminsReassign):
        give(client, a_member(), by=a_member())

    assert client.assigned_member_id is None


def test_billing_only_neither_takes_nor_is_given_a_client():
    client, payer = a_client(), a_member(Role.BILLING_ONLY)

    with pytest.raises(CannotWorkOnClients):
        give(client, payer, by=payer)
    with pytest.raises(MemberCannotTakeClients):
        give(client, payer, by=a_member(Role.ADMIN))

    assert client.assigned_member_id is None


def test_a_practitioner_is_given_clients_but_takes_none():
    client, practitioner = a_client(), a_member(Role.PRACTITIONER)

    with pytest.raises(CannotManageRecords):
        give(client, practitioner, by=practitioner)


def test_a_client_left_by_its_member_is_nobodys_and_still_the_firms():
    client, member = a_client(), a_member()
    give(client, member, by=member)

    _, assigned = client.go_to(Ownership(FIRM, None), None)

    assert (client.firm_id, client.assigned_member_id) == (FIRM, None)
    assert assigned.previous_member_id == member.member_id
    assert client.go_to(Ownership(FIRM, None), None) == []


def test_a_client_moves_with_its_member_and_says_so_once():
    client, firm, member = a_client(), uuid4(), uuid4()

    moved, assigned = client.go_to(Ownership(firm, member), None)

    assert (moved.firm_id, moved.assigned_member_id, moved.version) == (firm, member, 2)
    assert (assigned.previous_member_id, assigned.assigned_member_id) == (None, member)
    assert client.go_to(Ownership(firm, member), None) == []
