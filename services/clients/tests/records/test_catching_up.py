"""What a caller may do right after a joining or a new role, before its news is heard here."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from chassis.errors import ChassisError, NotFound
from chassis.ids import uuid7
from chassis.testing.world import eventually
from clients import tables
from clients.members.tables import members
from clients.records.tables import clients
from tests.support import practice as p

pytestmark = pytest.mark.together


@pytest.fixture
def firm(world):
    """A firm with one license to give; clients has heard of its founder."""
    firm = p.a_firm(world, licenses=1)
    eventually(lambda: p.works_in(world, firm.founder) == firm.firm_id)
    return firm


def member_id_of(world, person):
    return p.overview_of(world, person)["viewer"]["member_id"]


def unheard(world, *ids, **back):
    """Let clients be as it was before it heard of these members, with clients where they were."""
    with world.transaction("clients") as tx:
        for one in ids:
            tx.session.execute(sa.delete(members).where(members.c.member_id == UUID(one)))
        for client_id, firm_id in back.items():
            there = sa.update(clients).where(clients.c.client_id == UUID(client_id))
            there = there.values(firm_id=UUID(firm_id), assigned_member_id=None)
            tx.session.execute(there)


def a_joiner(world, firm):
    """Somebody with a client of their own who has joined; their member's id, the client, home."""
    email = p.an_address()
    p.invite(world, firm.founder, email)
    joiner = p.a_professional(world, email=email)
    home = eventually(lambda: p.overview_of(world, joiner))["firm"]["firm_id"]
    eventually(lambda: p.works_in(world, joiner) == home)
    client_id = joiner.call(world, "clients.create_client", given_name="Ann")["client_id"]
    token = p.invitation_token(world, email)
    joiner.call(world, "groups.accept_invitation", token=token)
    eventually(lambda: p.works_in(world, joiner) == firm.firm_id)
    return joiner, member_id_of(world, joiner), client_id, home


def test_the_client_of_a_joiner_is_found_by_others_before_the_news_is_heard(world, firm):
    joiner, member_id, client_id, home = a_joiner(world, firm)
    unheard(world, member_id, **{client_id: home})

    found = firm.founder.call(world, "clients.get_client", client_id=client_id)

    assert (found["name"], found["assigned_member_id"]) == ("Ann", member_id)
    assert p.works_in(world, joiner) == firm.firm_id


def test_the_client_of_a_joiner_is_found_where_the_joiner_alone_is_known_already(world, firm):
    """As when the joiner's own call has had groups asked, and the event is on its way still."""
    joiner, member_id, client_id, home = a_joiner(world, firm)
    unheard(world, **{client_id: home})

    for person in (joiner, firm.founder):
        found = person.call(world, "clients.get_client", client_id=client_id)
        assert found["assigned_member_id"] == member_id


def test_whoever_is_learned_of_by_their_own_call_has_their_clients_from_then_on(world, firm):
    """Else others, and they themselves, would be told that these are not there."""
    joiner, member_id, client_id, home = a_joiner(world, firm)
    unheard(world, member_id, **{client_id: home})

    joiner.call(world, "clients.create_client", given_name="Ben")

    with world.transaction("clients") as tx:
        found = sa.select(clients.c.firm_id, clients.c.assigned_member_id)
        row = tx.session.execute(found.where(clients.c.client_id == UUID(client_id))).one()
    assert (str(row.firm_id), str(row.assigned_member_id)) == (str(firm.firm_id), member_id)


@pytest.mark.parametrize("message", ["reassign_client", "reassign_clients"])
def test_a_client_is_given_to_a_member_of_whom_nothing_is_heard_yet(world, firm, message):
    _, member_id, _, _ = a_joiner(world, firm)
    made = firm.founder.call(world, "clients.create_client", given_name="Bob")["client_id"]
    unheard(world, member_id)
    given = {"client_id": made, "member_id": member_id}

    if message == "reassign_client":
        firm.founder.call(world, "clients.reassign_client", **given)
    else:
        firm.founder.call(world, "clients.reassign_clients", assignments=[given])

    found = firm.founder.call(world, "clients.get_client", client_id=made)
    assert found["assigned_member_id"] == member_id


def test_a_client_is_given_to_who_was_billing_only_a_moment_ago(world, firm):
    _, member_id, _, _ = a_joiner(world, firm)
    made = firm.founder.call(world, "clients.create_client", given_name="Bob")["client_id"]
    with world.transaction("clients") as tx:
        late = sa.update(members).where(members.c.member_id == UUID(member_id))
        tx.session.execute(late.values(role="billing_only", version=0))

    firm.founder.call(world, "clients.reassign_client", client_id=made, member_id=member_id)

    found = firm.founder.call(world, "clients.get_client", client_id=made)
    assert found["assigned_member_id"] == member_id


def test_a_leavers_clients_go_to_a_receiver_of_whom_nothing_is_heard_yet(world, firm):
    p.buy_licenses(world, firm.founder, 1)
    _, leaver_id, client_id, _ = a_joiner(world, firm)
    _, receiver_id, _, _ = a_joiner(world, firm)
    unheard(world, receiver_id)

    done = firm.founder.call(
        world,
        "clients.remove_member",
        member_id=leaver_id,
        clients={
            "keep": True,
            "receivers": [{"client_id": client_id, "member_id": receiver_id}],
        },
    )

    assert done["clients"]["reassigned"] == 1


def test_what_is_not_there_is_not_found_and_neither_is_another_firms(world, firm):
    other = p.a_firm(world)
    eventually(lambda: p.works_in(world, other.founder) == other.firm_id)
    theirs = other.founder.call(world, "clients.create_client", given_name="Eve")["client_id"]

    said = []
    for client_id in (theirs, str(uuid7())):
        with pytest.raises(NotFound) as refused:
            firm.founder.call(world, "clients.get_client", client_id=client_id)
        said.append((refused.value.code, str(refused.value)))

    assert said[0] == said[1]


def test_the_joiner_of_another_firm_is_no_receiver_here(world, firm):
    other = p.a_firm(world, licenses=1)
    eventually(lambda: p.works_in(world, other.founder) == other.firm_id)
    _, stranger_id, _, _ = a_joiner(world, other)
    made = firm.founder.call(world, "clients.create_client", given_name="Bob")["client_id"]
    unheard(world, stranger_id)

    with pytest.raises(ChassisError) as refused:
        firm.founder.call(world, "clients.reassign_client", client_id=made, member_id=stranger_id)

    assert refused.value.code == "member_not_found"


def test_the_event_that_is_heard_afterwards_changes_nothing_more(world, firm):
    _, member_id, client_id, home = a_joiner(world, firm)
    unheard(world, member_id, **{client_id: home})
    firm.founder.call(world, "clients.get_client", client_id=client_id)
    before = handovers(world, firm)

    member = groups_state(world, firm, member_id)
    late = member | {"left_firm_id": home}
    event_id = world.publish("groups", "member_joined.v1", late, subject=member_id)

    eventually(lambda: was_heard(world, event_id))
    assert handovers(world, firm) == before


def was_heard(world, event_id):
    inbox = tables.metadata.tables["inbox"]
    done = sa.select(inbox.c.event_id).where(inbox.c.event_id == event_id, inbox.c.state == "done")
    with world.transaction("clients") as tx:
        return tx.session.scalar(done)


def handovers(world, firm):
    return firm.founder.call(world, "clients.list_handovers")["items"]


def groups_state(world, firm, member_id):
    """The member as groups would say it."""
    people = firm.founder.call(world, "groups.list_members")["items"]
    (member,) = [one for one in people if one["member_id"] == member_id]
    known = ("member_id", "account_id", "name", "email", "role", "senior", "status")
    return {name: member[name] for name in known} | {
        "firm_id": firm.firm_id, "firm_name": "", "invitation_id": None,
        "invited_by_name": None, "version": 1,
    }  # fmt: skip
