from datetime import timedelta

import pytest

from groups.firms.events import LicensePoolChanged
from groups.firms.license import Reason
from groups.firms.states import LicenseState
from groups.licenses.errors import LicensesMissing
from groups.members.errors import NotAllowed
from groups.members.events import MemberChanged, RoleChanged
from groups.members.permissions import Role
from groups.roles.errors import (
    AlreadyInChargeOfBilling,
    CannotPromoteSelf,
    LastAdmin,
    NotInChargeOfBilling,
)
from services.groups.tests.builders.practice import NOW, TODAY, Practice, said


def a_practice():
    """A firm without a free license: its founder, a bookkeeper, a member."""
    practice = Practice(licenses=1)
    return practice, practice.join(Role.BILLING_ONLY), practice.join(Role.MEMBER)


@pytest.mark.proves("S1-70")
@pytest.mark.parametrize("role", [Role.ADMIN, Role.MEMBER, Role.PRACTITIONER])
def test_billing_changes_hands_without_a_free_license(role):
    practice, payer, ben = a_practice()
    license = practice.license_of(ben)

    changes = practice.hand_over(payer, ben, role)

    assert (payer.role, ben.role) == (role, Role.BILLING_ONLY)
    assert (payer.license_id, ben.license_id) == (license.id, None)
    assert license.state is LicenseState.USED
    assert [entry.reason for entry in changes.history] == [Reason.BILLING_HANDED_OVER] * 2


def test_both_changes_are_said_each_with_what_was_before():
    practice, payer, ben = a_practice()

    changes = practice.hand_over(payer, ben, Role.MEMBER)

    assert [(one.member_id, one.role) for one in said(changes, MemberChanged)] == [
        (ben.id, Role.BILLING_ONLY), (payer.id, Role.MEMBER),
    ]  # fmt: skip
    told = said(changes, RoleChanged)
    assert [(one.old_role, one.new_role, one.changed_by_name) for one in told] == [
        (Role.MEMBER, Role.BILLING_ONLY, practice.founder.name),
        (Role.BILLING_ONLY, Role.MEMBER, practice.founder.name),
    ]  # fmt: skip
    assert len(said(changes, LicensePoolChanged)) == 1


def test_a_billing_only_member_does_not_hand_over_its_own_billing():
    practice, payer, ben = a_practice()

    with pytest.raises(CannotPromoteSelf):
        practice.hand_over(payer, ben, Role.MEMBER, by=payer)


@pytest.mark.proves("S1-70")
def test_a_billing_only_member_hands_over_that_of_another():
    practice, payer, ben = a_practice()
    manager = practice.join(Role.BILLING_ONLY)

    practice.hand_over(payer, ben, Role.MEMBER, by=manager)

    assert ben.role is Role.BILLING_ONLY


@pytest.mark.proves("S1-71")
def test_a_regular_member_hands_nothing_over():
    practice, payer, ben = a_practice()

    with pytest.raises(NotAllowed):
        practice.hand_over(payer, ben, Role.MEMBER, by=ben)


def test_the_last_admin_does_not_take_billing_over_unless_there_is_another():
    practice, payer, ben = a_practice()

    with pytest.raises(LastAdmin):
        practice.hand_over(payer, practice.founder, Role.ADMIN)
    ben.role = Role.ADMIN
    practice.hand_over(payer, practice.founder, Role.MEMBER)
    assert practice.founder.role is Role.BILLING_ONLY


def test_only_who_is_billing_only_gives_and_only_who_is_not_takes():
    practice, payer, ben = a_practice()

    with pytest.raises(NotInChargeOfBilling):
        practice.hand_over(ben, payer, Role.MEMBER)
    with pytest.raises(AlreadyInChargeOfBilling):
        practice.hand_over(payer, payer, Role.MEMBER)


@pytest.mark.parametrize(("days", "works"), [(0, True), (1, False)])
def test_a_license_that_is_no_longer_paid_for_is_not_handed_on(days, works):
    practice = Practice()
    practice.buy(1, paid_through=TODAY)
    payer, ben = practice.join(Role.BILLING_ONLY), practice.join(Role.MEMBER)
    at = NOW + timedelta(days=days)

    if works:
        practice.hand_over(payer, ben, Role.MEMBER, at=at)
        return
    with pytest.raises(LicensesMissing):
        practice.hand_over(payer, ben, Role.MEMBER, at=at)
    assert (payer.role, ben.role) == (Role.BILLING_ONLY, Role.MEMBER)
    practice.buy(1)
    practice.hand_over(payer, ben, Role.MEMBER, at=at)
    assert practice.license_of(payer) is practice.licenses[-1]
