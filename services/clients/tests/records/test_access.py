from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from clients.members.viewer import Policy, Role, Viewer
from clients.records.access import Reason, reasons

FIRM = uuid4()


@dataclass
class AClient:
    firm_id: UUID = FIRM
    assigned_member_id: UUID | None = None


def a_viewer(role=Role.MEMBER, **more):
    return Viewer(uuid4(), FIRM, role, **more)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMIN])
@pytest.mark.parametrize("assigned", [None, uuid4()])
def test_in_an_open_firm_members_and_admins_see_every_client(role, assigned):
    assert reasons(a_viewer(role), AClient(assigned_member_id=assigned)) == [Reason.FIRM_POLICY]


def test_every_reason_is_given():
    viewer = a_viewer()

    assert reasons(viewer, AClient(assigned_member_id=viewer.member_id)) == [
        Reason.ASSIGNED,
        Reason.FIRM_POLICY,
    ]


@pytest.mark.parametrize("policy", Policy)
def test_billing_only_sees_no_client_not_even_one_left_in_their_name(policy):
    viewer = a_viewer(Role.BILLING_ONLY, policy=policy, senior=True)

    assert reasons(viewer, AClient(assigned_member_id=viewer.member_id)) == []


@pytest.mark.parametrize("policy", Policy)
def test_a_practitioner_sees_only_assigned_clients(policy):
    viewer = a_viewer(Role.PRACTITIONER, policy=policy, senior=True)

    assert reasons(viewer, AClient()) == []
    assert reasons(viewer, AClient(assigned_member_id=viewer.member_id)) == [Reason.ASSIGNED]


@pytest.mark.parametrize("policy", Policy)
def test_an_admin_sees_all_under_every_policy(policy):
    assert reasons(a_viewer(Role.ADMIN, policy=policy), AClient()) == [Reason.FIRM_POLICY]


def test_under_the_groups_policy_seniors_see_all_and_others_their_own():
    assert reasons(a_viewer(policy=Policy.GROUPS, senior=True), AClient()) == [Reason.FIRM_POLICY]
    assert reasons(a_viewer(policy=Policy.GROUPS), AClient()) == []


def test_under_the_assigned_policy_seniors_see_only_their_own():
    viewer = a_viewer(policy=Policy.ASSIGNED, senior=True)

    assert reasons(viewer, AClient()) == []
    assert reasons(viewer, AClient(assigned_member_id=viewer.member_id)) == [Reason.ASSIGNED]


def test_nobody_sees_a_client_of_another_firm_even_if_it_bears_their_id():
    viewer = a_viewer(Role.ADMIN)

    assert reasons(viewer, AClient(uuid4(), viewer.member_id)) == []


def test_who_is_no_longer_active_sees_nothing():
    viewer = a_viewer(Role.ADMIN, active=False)

    assert reasons(viewer, AClient(assigned_member_id=viewer.member_id)) == []
