from uuid import UUID

import eventlet
import pytest

from chassis.errors import Forbidden, NotFound, Unavailable
from chassis.ids import uuid7
from chassis.testing.world import eventually
from clients import tables
from services.clients.tests.builders.practice import Somebody, a_firm, a_practice, said
from tests.support import practice


def a_client(member, name="Ann"):
    return member.call("create_client", given_name=name)["client_id"]


def names(member):
    return [row["name"] for row in member.call("list_clients")["items"]]


@pytest.fixture
def solo(world):
    """A professional in their own solo firm."""
    return Somebody(world, a_firm(world, solo=True), "admin").joins()


def into(firm_id, solo, role="member"):
    """The same person as the member they become in another firm; not told yet."""
    return Somebody(solo.world, firm_id, role, account_id=solo.account_id)


@pytest.mark.together
@pytest.mark.proves("S1-36", "S1-37")
def test_an_invitees_clients_are_the_firms_from_the_moment_of_accepting(world):
    firm = practice.a_firm(world, licenses=1)
    email = practice.an_address()
    practice.invite(world, firm.founder, email)
    invitee = practice.a_professional(world, email=email)
    eventually(lambda: practice.overview_of(world, invitee))
    theirs = invitee.call(world, "clients.create_client", given_name="Ann")["client_id"]
    firms = firm.founder.call(world, "clients.create_client", given_name="Bob")["client_id"]
    for asker, hidden in ((firm.founder, theirs), (invitee, firms)):
        with pytest.raises(NotFound):
            asker.call(world, "clients.get_client", client_id=hidden)

    token = practice.invitation_token(world, email)
    joined = invitee.call(world, "groups.accept_invitation", token=token)

    def listed(person):
        rows = person.call(world, "clients.list_clients")["items"]
        return [(row["name"], row["assigned_member_id"] == joined["member_id"]) for row in rows]

    eventually(lambda: listed(firm.founder) == [("Ann", True), ("Bob", False)])
    assert listed(invitee) == [("Ann", True), ("Bob", False)]


def test_on_joining_ones_clients_come_along_still_ones_own_and_open_to_the_firm(world, solo):
    (colleague,) = a_practice(world, "member")
    theirs = a_client(colleague, "Colleague's")
    client_id = a_client(solo)
    assert names(colleague) == ["Colleague's"]
    assert names(solo) == ["Ann"]
    for asker, hidden in ((colleague, client_id), (solo, theirs)):
        with pytest.raises(NotFound):
            asker.call("get_client", client_id=hidden)

    joiner = into(colleague.firm_id, solo).joins(left_firm_id=solo.firm_id)

    assert colleague.call("get_client", client_id=client_id)["name"] == "Ann"
    assert names(joiner) == names(colleague) == ["Ann", "Colleague's"]
    (mine,) = joiner.call("list_clients", assigned_to="mine")["items"]
    assert (mine["client_id"], mine["assigned_member_id"]) == (client_id, joiner.member_id)
    (moved,) = said(world, client_id, "client_changed.v1")
    assert (moved["firm_id"], moved["assigned_member_id"], moved["version"]) == (
        colleague.firm_id,
        joiner.member_id,
        2,
    )


def test_a_solo_client_that_was_nobodys_becomes_the_joiners(world, solo):
    (colleague,) = a_practice(world, "member")
    solo.call("create_client", given_name="Ann", assigned_member_id=None)

    joiner = into(colleague.firm_id, solo).joins(left_firm_id=solo.firm_id)

    assert [row["name"] for row in joiner.call("list_clients", assigned_to="mine")["items"]] == [
        "Ann"
    ]


@pytest.mark.parametrize("same_event", [True, False])
def test_a_joining_told_again_moves_nothing_again(world, solo, same_event):
    (colleague,) = a_practice(world, "member")
    client_id = a_client(solo)
    joiner = into(colleague.firm_id, solo)
    event_id = uuid7()
    state = joiner.state(left_firm_id=solo.firm_id)

    for again in (event_id, event_id if same_event else uuid7()):
        world.publish("groups", "member_joined.v1", state, subject=joiner.member_id, event_id=again)
    eventually(joiner.known)
    Somebody(world, colleague.firm_id).joins()  # behind both in the same queue

    assert len(said(world, client_id, "client_changed.v1")) == 1
    assert names(colleague) == ["Ann"]


def test_the_joining_may_arrive_before_the_solo_firm_itself(world):
    (colleague,) = a_practice(world, "member")
    solo_firm = str(uuid7())
    joiner = Somebody(world, colleague.firm_id).joins(left_firm_id=solo_firm)
    late = Somebody(world, solo_firm, "admin", account_id=joiner.account_id)
    late.member_id = str(UUID(int=UUID(joiner.member_id).int - 1))  # it was made before

    late.joins()
    client_id = a_client(late)

    assert colleague.call("get_client", client_id=client_id)["firm_id"] == colleague.firm_id
    late.changes(status="dormant")
    assert names(joiner) == ["Ann"]


def test_the_end_of_the_solo_membership_may_arrive_before_the_joining(world, solo):
    (colleague,) = a_practice(world, "member")
    client_id = a_client(solo)
    solo.changes(status="dormant")
    with pytest.raises(Unavailable) as refused:
        names(solo)
    assert refused.value.code == "membership_not_ready"

    joiner = into(colleague.firm_id, solo).joins(left_firm_id=solo.firm_id)

    assert names(joiner) == ["Ann"]
    assert colleague.call("get_client", client_id=client_id)["assigned_member_id"] == (
        joiner.member_id
    )


def test_a_client_written_while_its_maker_joins_is_never_left_behind(world, solo):
    (colleague,) = a_practice(world, "member")
    joiner = into(colleague.firm_id, solo)

    writers = [eventlet.spawn(a_client, solo, f"Client {n:02d}") for n in range(12)]
    state = joiner.state(left_firm_id=solo.firm_id)
    eventlet.sleep(0.02)
    world.publish("groups", "member_joined.v1", state, subject=joiner.member_id)
    made = [writer.wait() for writer in writers]
    eventually(joiner.known)

    assert len(made) == 12
    assert names(colleague) == [f"Client {n:02d}" for n in range(12)]
    mine = joiner.call("list_clients", assigned_to="mine")["items"]
    assert [row["client_id"] for row in mine] == made


@pytest.mark.together
def test_who_is_not_known_here_yet_is_looked_up_with_groups(world):
    person = practice.a_professional(world)
    eventually(lambda: _made(person, world))
    _forget(world, person.account_id)

    assert [row["name"] for row in person.call(world, "clients.list_clients")["items"]] == ["Ann"]
    _forget(world, person.account_id)
    assert person.call(world, "clients.create_client", given_name="Bob")["name"] == "Bob"


@pytest.mark.together
def test_whoever_would_be_refused_for_an_old_role_is_looked_up_with_groups(world):
    person = practice.a_professional(world)
    eventually(lambda: _made(person, world))
    members = tables.metadata.tables["members"]
    mine = members.c.account_id == UUID(person.account_id)
    with world.transaction("clients") as tx:
        tx.session.execute(members.update().where(mine).values(role="billing_only", version=0))

    assert person.call(world, "clients.create_client", given_name="Bob")["name"] == "Bob"


def test_somebody_without_a_firm_is_told_so(world):
    nobody = world.as_person(account_id=str(uuid7()), email="nobody@example.org")

    for method, fields in {"list_clients": {}, "create_client": {"given_name": "Ann"}}.items():
        with pytest.raises(Forbidden) as refused:
            world.call(f"clients.{method}", as_=nobody, **fields)
        assert refused.value.code == "no_membership"


def _made(person, world):
    return person.call(world, "clients.create_client", given_name="Ann")


def _forget(world, account_id):
    members = tables.metadata.tables["members"]
    with world.transaction("clients") as tx:
        tx.session.execute(members.delete().where(members.c.account_id == UUID(account_id)))
