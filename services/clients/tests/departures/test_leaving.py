"""The whole way out of a firm: clients asks groups, and what groups says ends access."""

from uuid import UUID, uuid4

import pytest

from chassis.errors import BadRequest, Conflict, Forbidden, NotFound
from chassis.ids import uuid7
from chassis.testing.world import eventually
from clients.departures import storage as departures
from clients.departures.before import departure_id_of
from clients.departures.departure import Choice, Departure
from clients.handovers.handover import HandedOverBy
from services.clients.tests.builders.practice import said
from tests.support import practice

pytestmark = pytest.mark.together


@pytest.fixture
def firm(world):
    return practice.a_firm(world, licenses=3)


@pytest.fixture
def leaver(world, firm):
    return practice.a_member(world, firm)


def a_client(world, person, name="Ann", **fields):
    made = person.call(world, "clients.create_client", given_name=name, **fields)
    return made["client_id"]


def names(world, person, **filters):
    rows = person.call(world, "clients.list_clients", **filters)["items"]
    return [row["name"] for row in rows]


def member_id(world, person):
    as_clients = world.as_service("clients")
    answer = world.call("groups.get_membership", as_=as_clients, account_id=person.account_id)
    return answer["member_id"]


def remove(world, by, person, choice=None, **more):
    target = "clients.remove_member"
    who = member_id(world, person)
    return world.call(target, as_=by.token, member_id=who, clients=choice, **more)


def plans(world):
    return world.rows("clients", "SELECT * FROM departures WHERE carried_out_at IS NULL")


@pytest.mark.proves("S1-48", "S1-49")
def test_the_choice_is_asked_only_if_there_are_clients(world, firm, leaver):
    other = practice.a_member(world, firm)
    a_client(world, leaver)

    with pytest.raises(Conflict) as refused:
        remove(world, firm.founder, leaver)
    done = remove(world, firm.founder, other)

    assert (refused.value.code, refused.value.details) == (
        "clients_choice_required",
        {"clients": 1},
    )
    assert (done["handover_id"], done["license_freed"]) == (None, True)
    assert names(world, leaver, assigned_to="mine") == ["Ann"]
    assert plans(world) == []


@pytest.mark.proves("S1-47", "S1-50", "S1-51", "T19")
def test_kept_clients_are_given_as_planned_and_the_rest_stands_on_the_list(world, firm, leaver):
    ann, bob = a_client(world, leaver), a_client(world, leaver, "Bob")
    founder = firm.founder
    receivers = [{"client_id": ann, "member_id": member_id(world, founder)}]

    done = remove(world, founder, leaver, {"keep": True, "receivers": receivers})

    assert done["clients"] == {"reassigned": 1, "unassigned": 1, "gone": 0}
    assert names(world, founder, assigned_to="mine") == ["Ann"]
    assert names(world, founder, assigned_to="unassigned") == ["Bob"]
    (event,) = said(world, done["handover_id"])
    assert (event["kind"], event["unassigned"]) == ("departure", 1)
    assert [row["client_names"] for row in event["receivers"]] == [["Ann"]]
    given = {"client_id": bob, "member_id": member_id(world, founder)}
    founder.call(world, "clients.reassign_clients", assignments=[given])
    assert names(world, founder, assigned_to="unassigned") == []


@pytest.mark.proves("S1-52", "Q14")
def test_clients_let_go_are_the_leavers_in_their_own_practice(world, firm, leaver):
    ann = a_client(world, leaver)
    a_client(world, firm.founder, "Bob")

    done = remove(world, firm.founder, leaver, {"keep": False})

    assert done["clients"] == {"reassigned": 0, "unassigned": 0, "gone": 1}
    assert names(world, firm.founder) == ["Bob"]
    with pytest.raises(NotFound):
        firm.founder.call(world, "clients.get_client", client_id=ann)
    assert eventually(lambda: names(world, leaver, assigned_to="mine")) == ["Ann"]
    assert names(world, leaver) == ["Ann"]


@pytest.mark.proves("S1-56", "T20")
def test_a_live_token_opens_nothing_of_the_firm_from_the_answer_on(world, firm, leaver):
    bob = a_client(world, firm.founder, "Bob")
    assert leaver.call(world, "clients.get_client", client_id=bob)["name"] == "Bob"

    remove(world, firm.founder, leaver)

    for _ in range(3):  # before, while and after the practice of their own wakes
        for target, fields in {
            "clients.get_client": {},
            "clients.update_client": {"number": "1"},
            "clients.assign_to_myself": {},
        }.items():
            with pytest.raises((Forbidden, NotFound)):
                leaver.call(world, target, client_id=bob, **fields)
        eventually(lambda: practice.overview_of(world, leaver)["firm"]["firm_id"] != firm.firm_id)
    assert eventually(lambda: names(world, leaver) == [])


def test_who_leaves_leaves_the_clients_to_the_firm(world, firm, leaver):
    a_client(world, leaver)

    done = leaver.call(world, "clients.leave_firm")

    assert (done["kept"], done["clients"]["unassigned"]) == (True, 1)
    assert names(world, firm.founder, assigned_to="unassigned") == ["Ann"]
    assert eventually(lambda: names(world, leaver) == [])


@pytest.mark.proves("S1-64")
def test_a_billing_only_member_removes_and_learns_no_client(world, firm, leaver):
    payer = practice.a_member(world, firm, "billing_only")
    ann = a_client(world, leaver)
    given = {"client_id": ann, "member_id": member_id(world, firm.founder)}

    with pytest.raises(Forbidden) as refused:
        remove(world, payer, leaver, {"keep": True, "receivers": [given]})
    done = remove(world, payer, leaver, {"keep": True})

    assert refused.value.code == "cannot_work_on_clients"
    assert done["clients"] == {"reassigned": 0, "unassigned": 1, "gone": 0}
    assert "Ann" not in str(done)
    assert ann not in str(done)
    assert names(world, firm.founder, assigned_to="unassigned") == ["Ann"]


def test_a_refused_removal_leaves_no_plan_in_force(world, firm, leaver):
    payer = practice.a_member(world, firm, "billing_only")
    founder, stranger = firm.founder, practice.a_firm(world).founder
    eventually(lambda: names(world, stranger) == [])
    refusals = {
        "last_admin": lambda: remove(world, payer, founder),
        "not_allowed": lambda: remove(world, leaver, founder),
        "leave_instead": lambda: remove(world, founder, founder),
        "member_not_found": lambda: remove(world, founder, stranger),
        "invalid_assignments": lambda: remove(
            world,
            founder,
            leaver,
            {
                "keep": False,
                "receivers": [{"client_id": str(uuid4()), "member_id": str(uuid4())}],
            },
        ),
    }

    for code, attempt in refusals.items():
        with pytest.raises((Conflict, Forbidden, NotFound, BadRequest)) as refused:
            attempt()
        assert refused.value.code == code
    with pytest.raises(Conflict) as alone:
        stranger.call(world, "clients.leave_firm")

    assert alone.value.code == "cannot_leave_own_firm"
    assert plans(world) == []


def test_removing_twice_under_one_key_is_one_removal(world, firm, leaver):
    a_client(world, leaver)
    who, key = member_id(world, leaver), str(uuid7())

    first, second = (
        firm.founder.call(
            world, "clients.remove_member", member_id=who, clients={"keep": True}, key=key
        )
        for _ in range(2)
    )

    assert first == second
    assert len(said(world, first["handover_id"])) == 1


@pytest.mark.parametrize("event_first", [True, False])
def test_a_removal_whose_process_ended_is_carried_out_as_planned(world, firm, leaver, event_first):
    """As it stands when the process ends after groups' answer, or before groups was asked."""
    founder, key = firm.founder, str(uuid7())
    ann, who = a_client(world, leaver), member_id(world, leaver)
    receiver = member_id(world, founder)
    departure = Departure(
        departure_id_of(UUID(founder.account_id), "remove_member", key),
        UUID(firm.firm_id),
        UUID(who),
        Choice(keep=True, receivers={UUID(ann): UUID(receiver)}),
        HandedOverBy(UUID(founder.account_id), founder.name, UUID(receiver)),
    )
    with world.transaction("clients") as tx:
        departures.add_departure(tx.session, departure, tx.now)

    if event_first:
        world.call(
            "groups.remove_member",
            as_=world.as_service("clients"),
            key=str(departure.departure_id),
            account_id=founder.account_id,
            member_id=who,
            keep_clients=True,
            departure_id=str(departure.departure_id),
        )
        eventually(lambda: names(world, founder, assigned_to="mine") == ["Ann"])
    with pytest.raises(Conflict) as other:
        founder.call(
            world, "clients.remove_member", member_id=who, clients={"keep": False}, key=key
        )
    assert other.value.code == "idempotency_key_reused"
    choice = {"keep": True, "receivers": [{"client_id": ann, "member_id": receiver}]}
    done = founder.call(world, "clients.remove_member", member_id=who, clients=choice, key=key)

    assert done["clients"] == {"reassigned": 1, "unassigned": 0, "gone": 0}
    assert names(world, founder, assigned_to="mine") == ["Ann"]
    assert len(said(world, ann, "client_assigned.v1")) == 1
    assert len(said(world, done["handover_id"], "clients_handed_over.v1")) == 1


def test_a_departure_is_undone_within_the_firm(world, firm, leaver):
    ann = a_client(world, leaver)
    receivers = [{"client_id": ann, "member_id": member_id(world, firm.founder)}]
    done = remove(world, firm.founder, leaver, {"keep": True, "receivers": receivers})

    firm.founder.call(world, "clients.undo_handover", handover_id=done["handover_id"])

    assert names(world, firm.founder, assigned_to="unassigned") == ["Ann"]
