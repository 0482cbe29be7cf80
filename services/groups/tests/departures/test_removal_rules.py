from uuid import uuid4

import pytest

from groups.departures.errors import CannotLeaveOwnFirm
from groups.departures.events import Departure, MemberRemoved
from groups.firms.events import FirmChanged, FirmCreated, LicensePoolChanged
from groups.firms.license import Reason
from groups.firms.states import LicenseState
from groups.members.errors import NotAllowed
from groups.members.events import MemberChanged
from groups.members.permissions import Role
from groups.members.states import MemberStatus
from groups.roles.errors import LastAdmin
from services.groups.tests.builders.practice import Practice, said

MANAGING = [Role.ADMIN, Role.BILLING_ONLY]


@pytest.mark.proves("S1-53", "S1-54")
def test_the_license_of_a_removed_member_is_free_for_somebody_else():
    practice = Practice(licenses=1)
    ben = practice.join()
    license = practice.license_of(ben)

    changes = practice.remove(ben)

    assert (license.state, ben.license_id) == (LicenseState.UNUSED, None)
    assert changes.result.license_freed
    assert practice.license_of(practice.invite_one()) is license


@pytest.mark.proves("S1-55")
def test_the_removal_of_a_billing_only_member_leaves_the_pool_alone():
    practice = Practice()
    ben = practice.join(Role.BILLING_ONLY)

    changes = practice.remove(ben)

    assert not changes.result.license_freed
    assert practice.firm.pool.unused == 0
    pools = said(changes, LicensePoolChanged)
    assert [one.firm_id for one in pools] == [practice.home_of(ben).firm.id]


def test_the_entry_says_who_freed_the_license_and_why():
    practice = Practice(licenses=2)
    ben, cem = practice.join(), practice.join()

    removed, left = practice.remove(ben), practice.remove(cem, by=cem)

    assert (removed.history[0].reason, left.history[0].reason) == (
        Reason.MEMBER_REMOVED, Reason.MEMBER_LEFT,
    )  # fmt: skip
    assert [one.history[0].by_account_id for one in (removed, left)] == [
        practice.founder.account_id, cem.account_id,
    ]  # fmt: skip


def test_what_becomes_of_the_clients_is_passed_on():
    practice = Practice(licenses=1)
    ben, departure = practice.join(), uuid4()

    (event,) = said(practice.remove(ben, keep=True, departure_id=departure), MemberRemoved)

    assert (event.keep_clients, event.departure_id) == (True, departure)
    assert (event.reason, event.removed_by_name) == (Departure.REMOVED, practice.founder.name)


def test_the_solo_membership_wakes_and_holds_the_own_license():
    practice = Practice(licenses=1)
    ben = practice.join()
    home = practice.home_of(ben)
    assert home.founder.status is MemberStatus.DORMANT

    changes = practice.remove(ben)

    assert changes.result.home is home.founder
    assert (home.founder.status, home.firm.active_members) == (MemberStatus.ACTIVE, 1)
    assert home.license_of(home.founder) is home.licenses[0]
    assert [one.status for one in said(changes, MemberChanged)] == [MemberStatus.ACTIVE]


def test_a_founder_without_a_firm_founds_a_new_one_and_takes_the_own_license_along():
    practice = Practice(licenses=1)
    ben = practice.join(Role.ADMIN)
    own = practice.license_of(practice.founder)

    changes = practice.remove(practice.founder)

    (created,) = said(changes, FirmCreated)
    assert created.owner_account_id == practice.founder.account_id
    assert (own.state, changes.result.license_freed) == (LicenseState.LAPSED, False)
    (changed,) = said(changes, FirmChanged)[-1:]
    assert (changed.firm_id, changed.owner_account_id) == (practice.firm.id, ben.account_id)


def test_the_longest_serving_admin_inherits():
    practice = Practice(licenses=3)
    practice.join(Role.MEMBER)
    ben, _ = practice.join(Role.ADMIN), practice.join(Role.ADMIN)

    practice.remove(practice.founder)

    assert practice.firm.owner_account_id == ben.account_id


def test_the_firm_stays_the_owners_when_others_go():
    practice = Practice(licenses=1)

    practice.remove(practice.join(Role.ADMIN))

    assert practice.firm.owner_account_id == practice.founder.account_id


@pytest.mark.parametrize("by_role", Role)
def test_only_who_manages_members_removes_others(by_role):
    practice = Practice(licenses=2)
    by, ben = practice.join(by_role), practice.join()

    if by_role in MANAGING:
        practice.remove(ben, by=by)
    else:
        with pytest.raises(NotAllowed):
            practice.remove(ben, by=by)

    assert (ben.status is MemberStatus.REMOVED) == (by_role in MANAGING)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.PRACTITIONER, Role.BILLING_ONLY])
def test_everybody_may_leave(role):
    practice = Practice(licenses=1)
    ben = practice.join(role)

    practice.remove(ben, by=ben)

    assert ben.status is MemberStatus.REMOVED


def test_an_admin_goes_only_while_there_is_another():
    practice = Practice(licenses=1)
    ben = practice.join(Role.BILLING_ONLY)

    for by in (ben, practice.founder):
        with pytest.raises(LastAdmin):
            practice.remove(practice.founder, by=by)
    practice.join(Role.ADMIN)
    practice.remove(practice.founder, by=practice.founder)


def test_who_is_alone_does_not_leave():
    practice = Practice()

    with pytest.raises(CannotLeaveOwnFirm):
        practice.remove(practice.founder, by=practice.founder)


def test_a_membership_that_is_over_permits_nothing():
    practice = Practice(licenses=1)
    ben = practice.join(Role.ADMIN)
    practice.remove(ben)

    assert ben.permissions == frozenset()
