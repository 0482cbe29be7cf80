import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clients.members import storage as members
from clients.members.member import MemberStatus
from clients.members.viewer import Policy, Role, Viewer
from clients.records.access import RULES, reasons
from clients.records.access_storage import CONDITIONS, Sight, in_firm, looking, visible_to
from clients.records.tables import clients
from services.clients.tests.builders.records import a_client, a_firm, a_member

PEOPLE = st.lists(
    st.tuples(
        st.integers(0, 1), st.sampled_from(Role), st.booleans(), st.sampled_from(MemberStatus)
    ),
    min_size=1,
    max_size=4,
)
ASSIGNMENTS = st.lists(
    st.tuples(st.integers(0, 1), st.none() | st.integers(0, 3)), min_size=1, max_size=5
)


def test_the_rule_and_its_twin_know_the_same_reasons():
    assert set(RULES) == set(CONDITIONS)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people=PEOPLE, assignments=ASSIGNMENTS, policies=st.tuples(*[st.sampled_from(Policy)] * 2))
def test_the_database_gives_the_same_reasons_as_the_rule(store, people, assignments, policies):
    with store.begin() as session:
        firms = [a_firm(session, policy) for policy in policies]
        viewers = [
            _viewer(session, firms[firm], role, senior, status, policies[firm])
            for firm, role, senior, status in people
        ]
        there = [_client(session, firms[firm], member, viewers) for firm, member in assignments]
        for viewer in viewers:
            for client in there:
                assert _by_database(session, viewer, client) == reasons(viewer, client)
                assert _seen(session, viewer, client) == bool(reasons(viewer, client))
        session.rollback()


def _viewer(session, firm_id, role, senior, status, policy):
    member = a_member(session, firm_id, role, senior=senior, status=status)
    active = status is MemberStatus.ACTIVE
    return Viewer(member.member_id, firm_id, role, senior, active, policy)


def _client(session, firm_id, member, viewers):
    """Also clients in the name of somebody of another firm, which should never be."""
    member_id = viewers[member % len(viewers)].member_id if member is not None else None
    return a_client(session, firm_id, member_id)


def _by_database(session, viewer, client):
    sight = Sight.of(viewer)
    return [
        reason
        for reason, condition in CONDITIONS.items()
        if _holds(session, viewer, sa.and_(in_firm(sight), condition(sight)), client)
    ]


def _seen(session, viewer, client):
    return _holds(session, viewer, visible_to(Sight.of(viewer)), client)


def _holds(session, viewer, condition, client):
    query = sa.select(clients.c.client_id).where(clients.c.client_id == client.client_id)
    return session.execute(query.where(condition), looking(viewer)).first() is not None


@pytest.mark.parametrize("status", [MemberStatus.DORMANT, MemberStatus.REMOVED])
def test_a_membership_that_does_not_count_makes_no_viewer(session, status):
    member = a_member(session, a_firm(session), status=status)

    assert members.find_viewer(session, member.account_id) is None
