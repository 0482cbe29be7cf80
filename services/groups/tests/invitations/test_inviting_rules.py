from datetime import date, timedelta

import pytest

from groups.firms.events import LicensePoolChanged
from groups.firms.states import LicenseState
from groups.invitations.errors import PeopleRefused
from groups.invitations.events import MemberInvited
from groups.licenses.errors import LicensesMissing
from groups.members.errors import NotAllowed
from groups.members.permissions import Role
from services.groups.tests.builders.practice import NOW, TERM, Practice, a_person, said


def counts(practice):
    pool = practice.firm.pool
    return pool.total, pool.unused, pool.held, pool.used


@pytest.mark.proves("S1-15", "S1-45")
def test_an_invitation_holds_one_license():
    practice = Practice(licenses=2)

    invitation = practice.invite_one()

    assert practice.license_of(invitation).state is LicenseState.HELD
    assert counts(practice) == (3, 1, 1, 1)


@pytest.mark.proves("S1-27")
def test_a_billing_only_invitation_needs_no_license():
    practice = Practice(licenses=0)

    invitation = practice.invite_one(role=Role.BILLING_ONLY)

    assert invitation.license_id is None
    assert counts(practice) == (1, 0, 0, 1)


def test_a_billing_only_invitation_says_nothing_of_the_pool():
    changes = Practice().invite(a_person(role=Role.BILLING_ONLY))

    assert said(changes, LicensePoolChanged) == []
    assert changes.history == []


@pytest.mark.proves("S1-25", "S1-26")
def test_without_enough_unused_licenses_nobody_is_invited():
    practice = Practice(licenses=1)

    with pytest.raises(LicensesMissing) as refused:
        practice.invite(a_person(), a_person(), a_person(role=Role.BILLING_ONLY), a_person())

    assert refused.value.details == {"missing": 2, "needed": 3, "unused": 1}
    assert counts(practice) == (2, 1, 0, 1)
    assert practice.invitations == []


@pytest.mark.proves("S1-25")
def test_exactly_enough_unused_licenses_are_enough():
    practice = Practice(licenses=2)

    practice.invite(a_person(), a_person())

    assert counts(practice) == (3, 0, 2, 1)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.PRACTITIONER])
@pytest.mark.proves("S1-24")
def test_who_does_not_manage_members_invites_nobody(role):
    practice = Practice(licenses=1)
    practice.founder.role = role

    with pytest.raises(NotAllowed):
        practice.invite(a_person())


@pytest.mark.proves("S1-23")
def test_a_billing_only_member_invites():
    practice = Practice(licenses=1)
    practice.founder.role = Role.BILLING_ONLY

    assert practice.invite_one().inviter_account_id == practice.founder.account_id


@pytest.mark.proves("T06")
def test_every_row_that_cannot_be_invited_is_named_and_nobody_is_invited():
    practice = Practice(licenses=9)
    practice.invite(a_person("pending@example.com"))

    with pytest.raises(PeopleRefused) as refused:
        practice.invite(
            a_person("fine@example.com"),
            a_person("Pending@Example.com"),
            a_person("twice@example.com"),
            a_person("TWICE@example.com"),
            a_person(practice.founder.email.upper()),
        )

    assert refused.value.details["fields"] == {
        "people.1.email": ["Is invited already."],
        "people.3.email": ["Stands in this request twice."],
        "people.4.email": ["Is a member already."],
    }
    assert len(practice.invitations) == 1


def test_rows_are_checked_before_licenses_so_that_nobody_buys_for_a_mistake():
    with pytest.raises(PeopleRefused):
        Practice(licenses=0).invite(a_person("a@example.com"), a_person("a@example.com"))


def test_the_license_paid_the_shortest_goes_first():
    practice = Practice()
    practice.buy(1, paid_through=date(2027, 1, 1))
    practice.buy(1, paid_through=date(2026, 6, 1))

    first, second = practice.invite(a_person(), a_person()).result

    assert practice.license_of(first).paid_through == date(2026, 6, 1)
    assert practice.license_of(second).paid_through == date(2027, 1, 1)


@pytest.mark.proves("S1-16")
@pytest.mark.parametrize(("days", "fits"), [(0, True), (1, False)])
def test_a_license_is_assigned_until_its_last_day_and_not_after(days, fits):
    practice = Practice()
    practice.buy(1, paid_through=NOW.date())

    if fits:
        practice.invite(a_person(), at=NOW + timedelta(days=days))
    else:
        with pytest.raises(LicensesMissing):
            practice.invite(a_person(), at=NOW + timedelta(days=days))


@pytest.mark.proves("S1-28", "S1-30", "S1-31")
def test_an_invitation_tells_whom_as_what_by_whom_and_until_when():
    practice = Practice(licenses=1)

    (event,) = said(
        practice.invite(a_person("Ben@Example.com", "Ben", Role.ADMIN, "Join us")), MemberInvited
    )

    assert (event.email, event.name, event.role) == ("Ben@Example.com", "Ben", Role.ADMIN)
    assert (event.message, event.firm_name) == ("Join us", practice.firm.name)
    assert event.invited_by.email == practice.founder.email
    assert event.expires_at == NOW + TERM


@pytest.mark.parametrize("role", Role)
@pytest.mark.proves("S1-30")
def test_any_role_can_be_offered(role):
    assert Practice(licenses=1).invite_one(role=role).role is role


def test_one_event_per_person_and_one_for_the_pool():
    changes = Practice(licenses=3).invite(a_person(), a_person(), a_person())

    assert len(said(changes, MemberInvited)) == 3
    (pool,) = said(changes, LicensePoolChanged)
    assert (pool.total, pool.unused, pool.held, pool.used) == (4, 0, 3, 1)


def test_the_biography_says_for_which_invitation_a_license_is_held():
    changes = Practice(licenses=1).invite(a_person())

    (entry,) = changes.history
    assert (entry.reason, entry.state) == ("invited", "held")
    assert entry.invitation_id == changes.result[0].id
    assert entry.by_account_id is not None
