import pytest

from groups.firms.events import LicensePoolChanged
from groups.firms.states import LicenseState
from groups.invitations.errors import InvitationExpired
from groups.invitations.events import InvitationChanged
from groups.licenses.errors import LicensesMissing
from groups.members.errors import NotAllowed
from groups.members.events import MemberChanged
from groups.members.permissions import Role
from groups.roles.errors import CannotPromoteSelf, LastAdmin
from groups.roles.role_change import RoleChange
from services.groups.tests.builders.practice import (
    NOW,
    Practice,
    a_link,
    act,
    an_account,
    said,
)  # fmt: skip

LICENSED = [Role.ADMIN, Role.MEMBER, Role.PRACTITIONER]


def a_practice_with(role, licenses=1):
    practice = Practice(licenses=licenses)
    invitation = practice.invite_one(role=role, email="ben@example.com")
    return practice, practice.accept(invitation, an_account("ben@example.com")).result


def change(practice, thing, role, by=None, at=NOW):
    admins = [member for member in practice.members if member.role is Role.ADMIN]
    held = practice.license_of(thing)
    rule = RoleChange(
        practice.firm, by or practice.founder, role, held, practice.free(1), len(admins)
    )
    if thing in practice.members:
        return rule.of_member(thing, act(at))
    return rule.of_invitation(thing, act(at))


def counts(practice):
    pool = practice.firm.pool
    return pool.total, pool.unused, pool.held, pool.used


@pytest.mark.parametrize("old", LICENSED)
@pytest.mark.parametrize("new", LICENSED)
def test_between_roles_that_take_a_license_the_license_stays(old, new):
    practice, ben = a_practice_with(old)
    license_id = ben.license_id

    changes = change(practice, ben, new)

    assert (ben.role, ben.license_id) == (new, license_id)
    assert said(changes, LicensePoolChanged) == []
    assert len(said(changes, MemberChanged)) == (old is not new)


@pytest.mark.proves("S1-72", "T08")
def test_billing_only_becomes_a_member_only_with_an_unused_license():
    practice, ben = a_practice_with(Role.BILLING_ONLY, licenses=0)

    with pytest.raises(LicensesMissing) as refused:
        change(practice, ben, Role.MEMBER)
    practice.buy(1)
    change(practice, ben, Role.MEMBER)

    assert refused.value.details == {"missing": 1, "needed": 1, "unused": 0}
    assert practice.license_of(ben).state is LicenseState.USED
    assert counts(practice) == (2, 0, 0, 2)


@pytest.mark.proves("S1-72")
def test_becoming_billing_only_frees_the_license():
    practice, ben = a_practice_with(Role.MEMBER)

    change(practice, ben, Role.BILLING_ONLY)

    assert ben.license_id is None
    assert counts(practice) == (2, 1, 0, 1)


@pytest.mark.proves("S1-71")
@pytest.mark.parametrize("role", [Role.MEMBER, Role.PRACTITIONER])
def test_who_does_not_manage_members_changes_no_role(role):
    practice, ben = a_practice_with(role)

    with pytest.raises(NotAllowed):
        change(practice, ben, Role.ADMIN, by=ben)


@pytest.mark.proves("S1-68", "S1-69")
@pytest.mark.parametrize("managing", [Role.ADMIN, Role.BILLING_ONLY])
def test_who_manages_members_grants_and_revokes_admin_powers(managing):
    practice, manager = a_practice_with(managing, licenses=2)
    invitation = practice.invite_one(email="cem@example.com")
    cem = practice.accept(invitation, an_account("cem@example.com")).result

    change(practice, cem, Role.ADMIN, by=manager)
    assert cem.role is Role.ADMIN

    change(practice, cem, Role.MEMBER, by=manager)
    assert cem.role is Role.MEMBER


@pytest.mark.proves("S1-70")
def test_who_is_in_charge_of_billing_can_be_changed():
    practice, ben = a_practice_with(Role.BILLING_ONLY, licenses=2)
    invitation = practice.invite_one(email="cem@example.com")
    cem = practice.accept(invitation, an_account("cem@example.com")).result

    change(practice, cem, Role.BILLING_ONLY, by=ben)
    change(practice, ben, Role.MEMBER, by=cem)

    assert (cem.role, ben.role) == (Role.BILLING_ONLY, Role.MEMBER)
    assert counts(practice) == (3, 1, 0, 2)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.PRACTITIONER, Role.BILLING_ONLY])
def test_the_last_admin_stays_one(role):
    practice, ben = a_practice_with(Role.MEMBER)

    with pytest.raises(LastAdmin):
        change(practice, practice.founder, role)

    change(practice, ben, Role.ADMIN)
    change(practice, practice.founder, role)
    assert practice.founder.role is role


@pytest.mark.parametrize("role", LICENSED)
def test_a_billing_only_member_does_not_promote_itself(role):
    practice, ben = a_practice_with(Role.BILLING_ONLY)

    with pytest.raises(CannotPromoteSelf):
        change(practice, ben, role, by=ben)


@pytest.mark.proves("T04")
@pytest.mark.parametrize("new", LICENSED)
def test_a_pending_invitations_role_changes_without_a_free_license(new):
    practice = Practice(licenses=1)
    invitation = practice.invite_one(role=Role.MEMBER)
    link = a_link(invitation)

    change(practice, invitation, new)

    assert invitation.role is new
    assert counts(practice) == (2, 0, 1, 1)
    invitation.require_current(link, NOW)


@pytest.mark.proves("T04")
def test_a_pending_invitation_takes_or_frees_a_license_where_its_role_does():
    practice = Practice(licenses=1)
    invitation = practice.invite_one(role=Role.MEMBER)

    changes = change(practice, invitation, Role.BILLING_ONLY)
    assert (counts(practice), invitation.license_id) == ((2, 1, 0, 1), None)
    assert [event.role for event in said(changes, InvitationChanged)] == [Role.BILLING_ONLY]

    change(practice, invitation, Role.ADMIN)
    assert counts(practice) == (2, 0, 1, 1)


def test_without_a_free_license_a_billing_only_invitation_stays_one():
    practice = Practice(licenses=0)

    with pytest.raises(LicensesMissing):
        change(practice, practice.invite_one(role=Role.BILLING_ONLY), Role.MEMBER)


def test_an_overdue_invitations_role_is_not_changed():
    practice = Practice(licenses=1)
    invitation = practice.invite_one()

    with pytest.raises(InvitationExpired):
        change(practice, invitation, Role.ADMIN, at=invitation.expires_at)
