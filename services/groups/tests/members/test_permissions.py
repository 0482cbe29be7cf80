import pytest

from groups.members.errors import NotAllowed
from groups.members.permissions import Permission, Role, permissions_of, takes_license
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
    assert (Permission.MANAGE_MEMBERS in permissions_of(role, senior=False)) is manages
    assert (Permission.SEE_LICENSES in permissions_of(role, senior=False)) is manages


@pytest.mark.proves("D2")
def test_members_read_staff_notes_and_practitioners_do_not():
    notes = Permission.READ_STAFF_NOTES
    readers = [role for role in Role if notes in permissions_of(role, senior=False)]

    assert readers == [Role.ADMIN, Role.MEMBER]


@pytest.mark.proves("D2")
@pytest.mark.parametrize("role", Role)
def test_only_the_senior_mark_lets_one_make_access_groups(role):
    assert Permission.MANAGE_ACCESS_GROUPS not in permissions_of(role, senior=False)
    assert permissions_of(role, senior=True) == permissions_of(role, senior=False) | {
        Permission.MANAGE_ACCESS_GROUPS
    }


@pytest.mark.proves("D2")
def test_a_billing_only_member_does_not_work_on_clients():
    assert Permission.WORK_ON_CLIENTS not in permissions_of(Role.BILLING_ONLY, senior=False)


@pytest.mark.proves("S1-05")
def test_every_role_but_billing_only_takes_a_license():
    assert [role for role in Role if not takes_license(role)] == [Role.BILLING_ONLY]


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
