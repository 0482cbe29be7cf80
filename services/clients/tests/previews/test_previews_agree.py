"""What previews say is what happens, by the very handlers that make it happen."""

from dataclasses import asdict, replace

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.auth import Actor
from chassis.calls import Call
from chassis.ids import uuid7
from chassis.transactions import Transaction
from clients.handovers.acts import begin, hand_over
from clients.handovers.events import HandoverKind
from clients.handovers.handover import HandedOverBy, Move, assigned
from clients.members import storage as members
from clients.members.member import MemberStatus
from clients.members.viewer import Policy, Role
from clients.previews import acts
from clients.records import storage as records
from clients.records.access_storage import Sight, looking, visible_to
from clients.records.tables import clients
from clients.service import ClientsService
from services.clients.tests.builders.records import a_client, a_firm, a_member, viewer_of

pytestmark = pytest.mark.heavy

FIRMS = st.fixed_dictionaries(
    {
        "policy": st.sampled_from(Policy),
        "people": st.lists(st.tuples(st.sampled_from(Role), st.booleans()), max_size=4),
        "clients": st.lists(st.none() | st.integers(0, 4), max_size=6),
    }
)
FIXED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


def hear(handler, tx, event):
    """The handler's own work, in the test's transaction."""
    getattr(ClientsService, handler).__wrapped__(None, tx, **event)


class Scene:
    """A firm with an admin and others, their clients, and a practice of somebody else's own."""

    def __init__(self, session, firm):
        self.session = session
        self.firm_id = a_firm(session, firm["policy"])
        people = [(Role.ADMIN, False), *firm["people"]]
        self.people = [
            a_member(session, self.firm_id, role, senior=senior) for role, senior in people
        ]
        takers = [one.member_id for one in self.people if one.role is not Role.BILLING_ONLY]
        for number in firm["clients"]:
            member_id = None if number is None else takers[number % len(takers)]
            a_client(session, self.firm_id, member_id)
        self.home_id = a_firm(session)
        self.owner = a_member(session, self.home_id, Role.ADMIN)
        self.accounts = {one.account_id: one.member_id for one in [*self.people, self.owner]}

    def transaction(self):
        call = Call("clients", "test", "event", "test", [], actor=Actor.of_service("clients"))
        return Transaction(self.session, call)

    def joins(self, tx, joiner):
        """The owner of the other practice is that member from now on."""
        hear(
            "on_member_joined",
            tx,
            {**asdict(joiner), "left_firm_id": self.home_id, "firm_name": ""},
        )
        asleep = replace(self.owner, status=MemberStatus.DORMANT, version=2)
        hear("on_member_changed", tx, asdict(asleep))

    def seen(self):
        """The clients that each account may see, by the database."""
        self.session.flush()
        found = {}
        for account_id in self.accounts:
            viewer = members.find_viewer(self.session, account_id)
            query = sa.select(clients.c.client_id).where(visible_to(Sight.of(viewer)))
            found[account_id] = set(self.session.scalars(query, looking(viewer)))
        return found

    def agrees(self, effects, happen):
        """Whether the effects are those of what happens."""
        before = self.seen()
        happen(self.transaction())
        after = self.seen()
        joiner = self.owner.member_id  # who is shown without an id
        said = {
            effect.person.member_id or joiner: (
                sum(batch.quantity for batch in effect.gained),
                sum(batch.quantity for batch in effect.lost),
            )
            for effect in effects
        }
        happened = {
            member_id: (len(after[one] - before[one]), len(before[one] - after[one]))
            for one, member_id in self.accounts.items()
        }
        return said == {one: counts for one, counts in happened.items() if counts != (0, 0)}


@pytest.fixture
def scene(store):
    """Makes scenes of which nothing is kept."""

    def run(firm, play):
        with store.begin() as session:
            play(Scene(session, firm))
            session.rollback()

    return run


def tries(**strategies):
    def decorate(test):
        checked = settings(max_examples=60, deadline=None, suppress_health_check=FIXED)
        return checked(given(**strategies)(test))

    return decorate


@tries(firm=FIRMS, role=st.sampled_from(Role), own=st.integers(0, 3))
def test_joining_does_what_its_preview_says(scene, firm, role, own):
    def play(scene):
        for number in range(own):
            a_client(scene.session, scene.home_id, scene.owner.member_id if number else None)
        joiner = replace(scene.owner, member_id=uuid7(), firm_id=scene.firm_id, role=role)
        effects = acts.joining(
            scene.session, joiner.account_id, "Ida", scene.firm_id, role, scene.home_id
        )

        assert scene.agrees(effects, lambda tx: scene.joins(tx, joiner))

    scene(firm, play)


@tries(firm=FIRMS, role=st.sampled_from(Role))
def test_an_invitee_comes_to_see_what_the_preview_said(scene, firm, role):
    def play(scene):
        effects = acts.inviting(scene.session, scene.firm_id, [("Ida", role)])
        joiner = replace(scene.owner, member_id=uuid7(), firm_id=scene.firm_id, role=role)

        assert scene.agrees(effects, lambda tx: scene.joins(tx, joiner))

    scene(firm, play)


@tries(firm=FIRMS, role=st.sampled_from(Role), who=st.integers(0, 4))
def test_another_role_does_what_its_preview_says(scene, firm, role, who):
    def play(scene):
        member = scene.people[who % len(scene.people)]
        effects = acts.changing_role(scene.session, scene.firm_id, member.member_id, role)
        changed = replace(member, role=role, version=2)

        assert scene.agrees(effects, lambda tx: hear("on_member_changed", tx, asdict(changed)))

    scene(firm, play)


@tries(firm=FIRMS, keep=st.booleans(), who=st.integers(0, 4))
def test_removing_does_what_its_preview_says(scene, firm, keep, who):
    def play(scene):
        leaver = scene.people[who % len(scene.people)]
        home_id = a_firm(scene.session)
        effects = acts.removing(scene.session, scene.firm_id, leaver.member_id, home_id, keep)
        home = replace(leaver, member_id=uuid7(), firm_id=home_id, role=Role.ADMIN)
        event = {
            **asdict(replace(leaver, status=MemberStatus.REMOVED, version=2)),
            "departure_id": None,
            "keep_clients": keep,
            "removed_by_account_id": None,
            "removed_by_name": "",
            "home_firm_id": home_id,
            "home_firm_name": "",
            "home_member_id": home.member_id,
        }

        def happen(tx):
            hear("on_member_removed", tx, event)
            members.project_member(scene.session, home)

        assert scene.agrees(effects, happen)

    scene(firm, play)


@tries(firm=FIRMS, to=st.lists(st.integers(0, 4), max_size=6))
def test_reassigning_does_what_its_preview_says(scene, firm, to):
    def play(scene):
        takers = [one.member_id for one in scene.people if one.role is not Role.BILLING_ONLY]
        admin = viewer_of(scene.session, scene.people[0])
        there = sorted(scene.seen()[scene.people[0].account_id])
        receivers = {
            client_id: takers[number % len(takers)]
            for client_id, number in zip(there, to, strict=False)
        }
        receiving = members.get_members(scene.session, scene.firm_id, receivers.values())
        held = records.lock_clients(scene.session, admin, receivers)
        going = assigned(receivers, receiving, held, admin)
        moves = [
            Move(client.client_id, client.name, client.place, place) for client, place in going
        ]
        effects = acts.reassigning(scene.session, scene.firm_id, moves)

        def happen(tx):
            handover = begin(tx, HandoverKind.REASSIGNMENT, scene.firm_id, HandedOverBy())
            hand_over(tx, handover, going)

        assert scene.agrees(effects, happen)

    scene(firm, play)
