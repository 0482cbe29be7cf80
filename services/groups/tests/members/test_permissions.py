import pytest

from groups.members.errors import NotAllowed
from groups.members.permissions import PERMISSIONS, TAKES_LICENSE, Permission, Role
from groups.members.states import MemberStatus
from services.groups.tests.builders.practice import Practice


@pytest.mark.proves("S1-22", "S1-23", "S1-24")
@pytest.mark.parametrize(
    ("role", "manages"),
    [
        (Role.ADMIN, True),
        (Role.BILLING_ONLY, True),
        (Role.MEMBER, False),
        (Role.PRACTITIONER, False),
    ],
)
def test_admins_and_billing_only_members_manage_members_and_nobody_else_does(role, manages):
    assert (Permission.MANAGE_MEMBERS in PERMISSIONS[role, False]) is manages
    assert (Permission.SEE_LICENSES in PERMISSIONS[role, False]) is manages


@pytest.mark.proves("D2")
def test_members_read_staff_notes_and_practitioners_do_not():
    notes = Permission.READ_STAFF_NOTES
    readers = [role for role in Role if notes in PERMISSIONS[role, False]]

    assert readers == [Role.ADMIN, Role.MEMBER]


@pytest.mark.proves("D2")
@pytest.mark.parametrize("role", Role)
def test_only_the_senior_mark_lets_one_make_access_groups(role):
    assert Permission.MANAGE_ACCESS_GROUPS not in PERMISSIONS[role, False]
    assert PERMISSIONS[role, True] == PERMISSIONS[role, False] | {Permission.MANAGE_ACCESS_GROUPS}


@pytest.mark.proves("D2")
def test_a_billing_only_member_does_not_work_on_clients():
    assert Permission.WORK_ON_CLIENTS not in PERMISSIONS[Role.BILLING_ONLY, False]


@pytest.mark.proves("S1-05")
def test_every_role_but_billing_only_takes_a_license():
    assert [role for role in Role if role not in TAKES_LICENSE] == [Role.BILLING_ONLY]


def test_a_refusal_names_the_permission_that_is_lacking():
    member = Practice().founder
    member.role = Role.MEMBER

    with pytest.raises(NotAllowed) as refused:
        member.require(Permission.MANAGE_MEMBERS)

    assert refused.value.details == {"permission": "manage_members"}


@pytest.mark.parametrize("status", [MemberStatus.DORMANT, MemberStatus.REMOVED])
def test_a_membership_that_is_not_active_permits_nothing(status):
    founder = Practice().founder
    founder.status = status

    assert founder.permissions == frozenset()
