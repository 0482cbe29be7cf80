"""Licenses that an invitation holds past their last day: they wait, and then go on or go."""

from datetime import date, timedelta

import pytest

from groups.firms.events import LicensePoolChanged
from groups.firms.license import Reason
from groups.firms.states import LicenseState
from groups.invitations import ending
from groups.licenses import lapsing
from groups.licenses.events import LicenseExpired, LicenseRenewed, LicensesLapsed
from groups.members.permissions import Role
from groups.roles.role_change import RoleChange
from services.groups.tests.builders.practice import NOW, TERM, Practice, act, an_account, said

LAST_DAY = NOW.date() + timedelta(days=1)
DAY = timedelta(days=1)


def with_waiting(role=Role.MEMBER):
    """A firm whose one bought license is held until after its last day."""
    practice = Practice()
    practice.buy(1, paid_through=LAST_DAY)
    return practice, practice.invite_one(email="ben@example.com", role=role)


def accepted_on(day):
    """What is said when the invitation, sent again and again, is accepted on that day."""
    practice, invitation = with_waiting()
    at = NOW + (day - NOW.date())
    invitation.resend(practice.firm, at, TERM)
    changes = practice.accept(invitation, an_account("ben@example.com"), at=at)
    years = [(one.period_start, one.paid_through) for one in said(changes, LicenseRenewed)]
    return years, practice.license_of(changes.result).paid_through


@pytest.mark.proves("Q3")
@pytest.mark.parametrize(
    ("day", "years"),
    [
        (LAST_DAY, []),
        (date(2026, 3, 3), [(date(2026, 3, 3), date(2027, 3, 2))]),
        (date(2027, 3, 2), [(date(2026, 3, 3), date(2027, 3, 2))]),
        (date(2027, 3, 3), [(date(2027, 3, 3), date(2028, 3, 2))]),
        (date(2029, 1, 1), [(date(2028, 3, 3), date(2029, 3, 2))]),
    ],
)
def test_whoever_accepts_late_is_charged_the_year_of_acceptance_and_no_year_that_went_by(
    day, years
):
    assert accepted_on(day) == (years, years[0][1] if years else LAST_DAY)


@pytest.mark.proves("Q3")
@pytest.mark.parametrize(("days", "state"), [(1, "unused"), (2, "lapsed")])
@pytest.mark.parametrize("how", ["cancelled", "expired", "billing_only"])
def test_what_waited_is_gone_with_the_invitation_and_that_is_said(how, days, state):
    practice, invitation = with_waiting()
    license, later = practice.license_of(invitation), act(NOW + days * DAY)
    if how == "cancelled":
        changes = ending.cancel(practice.firm, invitation, license, later)
    elif how == "expired":
        invitation.expires_at = later.at
        changes = ending.expire_all(practice.firm, practice.held(), later)
    else:
        change = RoleChange(practice.firm, practice.founder, Role.BILLING_ONLY, license, [])
        changes = change.of_invitation(invitation, later)

    gone = state == "lapsed"
    assert license.state == state
    assert [one.license_id for one in said(changes, LicenseExpired)] == [license.id] * gone
    assert [(one.paid_through, one.quantity) for one in said(changes, LicensesLapsed)] == [
        (LAST_DAY, 1)
    ] * gone
    assert said(changes, LicenseRenewed) == []
    assert said(changes, LicensePoolChanged)[-1].total == 2 - gone


@pytest.mark.proves("S1-20", "Q3")
def test_a_license_that_waits_is_neither_renewed_nor_ended_by_time_alone():
    practice, invitation = with_waiting()
    license, later = practice.license_of(invitation), act(NOW + 500 * DAY)

    ended = lapsing.lapse_all(practice.firm, practice.licenses, later)

    assert (ended.events, license.state) == ([], LicenseState.HELD)


def test_the_end_of_a_license_that_is_gone_is_not_announced():
    practice, invitation = with_waiting()
    license = practice.license_of(invitation)
    license.warn_on = LAST_DAY

    ending.cancel(practice.firm, invitation, license, act(NOW + 2 * DAY))

    assert (license.state, license.warn_on) == (LicenseState.LAPSED, None)


def test_the_biography_says_that_a_late_member_joined_and_then_that_the_year_went_on():
    practice, invitation = with_waiting()

    changes = practice.accept(invitation, an_account("ben@example.com"), at=NOW + 3 * DAY)

    reasons = [entry.reason for entry in changes.history]
    assert reasons == [Reason.JOINED, Reason.RENEWED]
