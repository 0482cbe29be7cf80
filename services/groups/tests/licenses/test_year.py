from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from groups.firms.errors import LicenseNotFree
from groups.firms.license import Reason
from groups.firms.states import LicenseState
from groups.firms.year import next_reminder, next_warning, one_year_after
from groups.invitations import ending
from groups.invitations.events import InvitationExpiring
from groups.licenses import lapsing
from groups.licenses.events import LicenseExpired, LicenseRenewed, LicensesExpiring, LicensesLapsed
from services.groups.tests.builders.practice import NOW, Practice, a_license, act, an_account, said

LAST_DAY = date(2027, 3, 1)


def on(day):
    return act(datetime(day.year, day.month, day.day, 12, tzinfo=NOW.tzinfo))


def with_member(days=365):
    """A firm whose one bought license a member uses until that many days from now."""
    practice = Practice()
    practice.buy(1, paid_through=NOW.date() + timedelta(days=days))
    ben = an_account("ben@example.com")
    invitation = practice.invite_one(email="ben@example.com")
    member = practice.accept(invitation, ben).result
    return practice, practice.license_of(member), member


@pytest.mark.parametrize(
    ("day", "next_year"),
    [(date(2027, 3, 1), date(2028, 3, 1)), (date(2028, 2, 29), date(2029, 2, 28))],
)
def test_a_year_ends_on_the_same_day_and_after_a_leap_day_on_the_28th(day, next_year):
    assert one_year_after(day) == next_year


@pytest.mark.parametrize(
    ("after", "expected"),
    [(-31, -30), (-30, -7), (-8, -7), (-7, -1), (-1, None), (0, None)],
)
def test_the_end_is_announced_30_7_and_1_days_before(after, expected):
    days = timedelta(days=1)

    warned = next_warning(LAST_DAY, LAST_DAY + after * days)
    reminded = next_reminder(NOW, NOW + after * days)

    assert warned == (None if expected is None else LAST_DAY + expected * days)
    assert reminded == (None if expected is None else NOW + expected * days)


@pytest.mark.proves("Q3")
def test_a_used_license_renews_after_its_last_day_and_not_on_it():
    practice, license, member = with_member()
    in_use = [(license, member)]

    same = lapsing.renew_all(practice.firm, in_use, on(LAST_DAY))
    renewed = lapsing.renew_all(practice.firm, in_use, on(LAST_DAY + timedelta(days=1)))
    again = lapsing.renew_all(practice.firm, in_use, on(LAST_DAY + timedelta(days=1)))

    assert (same.events, again.events) == ([], [])
    (year,) = said(renewed, LicenseRenewed)
    assert (year.period_start, year.paid_through) == (date(2027, 3, 2), date(2028, 3, 1))
    assert (year.member_id, year.member_name) == (member.id, member.name)
    assert renewed.history[0].reason is Reason.RENEWED
    assert license.state is LicenseState.USED


@pytest.mark.proves("Q3")
def test_years_that_were_missed_are_caught_up_with_one_by_one():
    practice, license, member = with_member()

    changes = lapsing.renew_all(practice.firm, [(license, member)], on(date(2029, 6, 1)))

    assert [year.period_start.year for year in said(changes, LicenseRenewed)] == [2027, 2028, 2029]
    assert license.paid_through == date(2030, 3, 1)


@pytest.mark.proves("F141")
def test_years_from_the_29th_of_february_on_have_neither_gap_nor_overlap():
    first_year = one_year_after(date(2028, 2, 29)) - NOW.date()
    practice, license, member = with_member(first_year.days)

    changes = lapsing.renew_all(practice.firm, [(license, member)], on(date(2034, 6, 1)))

    years = said(changes, LicenseRenewed)
    starts = [date(2029, 3, 1), date(2030, 3, 1), date(2031, 3, 1), date(2032, 2, 29)]
    assert [year.period_start for year in years] == [*starts, date(2033, 3, 1), date(2034, 3, 1)]
    assert {(year.paid_through.month, year.paid_through.day) for year in years} == {(2, 28)}
    for year, following in pairwise(years):
        assert following.period_start == year.paid_through + timedelta(days=1)


@pytest.mark.proves("S1-20")
def test_an_unused_license_disappears_and_is_renewed_by_nobody():
    practice = Practice()
    practice.buy(2, paid_through=LAST_DAY)

    changes = lapsing.lapse_all(practice.firm, practice.licenses, on(date(2027, 3, 2)))

    assert said(changes, LicenseRenewed) == []
    assert len(said(changes, LicenseExpired)) == 2
    (told,) = said(changes, LicensesLapsed)
    assert (told.paid_through, told.quantity) == (LAST_DAY, 2)


@pytest.mark.proves("Q3", "S1-21")
def test_a_license_held_on_its_last_day_renews_when_its_invitation_is_accepted():
    practice = Practice()
    practice.buy(1, paid_through=NOW.date() + timedelta(days=1))
    invitation = practice.invite_one(email="ben@example.com")
    later = NOW + timedelta(days=3)

    changes = practice.accept(invitation, an_account("ben@example.com"), at=later)

    (year,) = said(changes, LicenseRenewed)
    assert year.period_start == NOW.date() + timedelta(days=2)
    assert practice.license_of(changes.result).is_paid_on(later.date())


@pytest.mark.proves("Q3")
def test_a_license_held_on_its_last_day_goes_when_its_invitation_ends():
    practice = Practice()
    practice.buy(1, paid_through=NOW.date() + timedelta(days=1))
    invitation = practice.invite_one(email="ben@example.com")
    license = practice.license_of(invitation)

    ending.cancel(practice.firm, invitation, license, act(NOW + timedelta(days=3)))

    assert license.state is LicenseState.LAPSED


@pytest.mark.proves("Q3")
def test_the_license_of_ones_own_subscription_has_no_year():
    practice = Practice()

    changes = lapsing.renew_all(
        practice.firm, [(practice.licenses[0], practice.founder)], on(date(2040, 1, 1))
    )

    assert changes.events == []
    with pytest.raises(LicenseNotFree):
        practice.licenses[0].renew()


@pytest.mark.proves("Q3")
def test_the_oldest_paid_through_is_used_first():
    practice = Practice()
    practice.buy(1, paid_through=LAST_DAY)
    practice.buy(1, paid_through=LAST_DAY - timedelta(days=30))

    invitation = practice.invite_one()

    assert practice.license_of(invitation).paid_through == LAST_DAY - timedelta(days=30)


def test_the_licenses_of_one_day_are_announced_together_and_each_once():
    practice, license, _ = with_member()
    practice.buy(2, paid_through=LAST_DAY)
    month_before = on(LAST_DAY - timedelta(days=30))
    due = [one for one in practice.licenses if one.warn_on]

    (told,) = said(lapsing.warn_all(practice.firm, due, month_before), LicensesExpiring)

    assert (told.paid_through, told.days_left) == (LAST_DAY, 30)
    assert (told.unused, told.used, told.held) == (2, 1, 0)
    assert license.warn_on == LAST_DAY - timedelta(days=7)


def test_announcements_that_were_missed_are_made_once_with_the_days_that_are_left():
    practice = Practice()
    practice.buy(1, paid_through=LAST_DAY)
    license = practice.licenses[-1]

    (told,) = said(
        lapsing.warn_all(practice.firm, [license], on(LAST_DAY - timedelta(days=5))),
        LicensesExpiring,
    )
    after = lapsing.warn_all(practice.firm, [license], on(LAST_DAY + timedelta(days=1)))

    assert told.days_left == 5
    assert (after.events, license.warn_on) == ([], None)


def test_a_license_bought_shortly_before_its_end_is_announced_from_the_next_day_on():
    license = a_license(Practice().firm.id, paid_through=NOW.date() + timedelta(days=7))

    assert license.warn_on == NOW.date() + timedelta(days=6)


def test_an_invitations_end_is_announced_a_week_and_a_day_before_and_after_a_resend_anew():
    practice = Practice(licenses=1)
    invitation = practice.invite_one()

    def remind(days):
        told = invitation.remind(practice.firm, NOW + timedelta(days=days))
        return told.days_left if isinstance(told, InvitationExpiring) else None

    assert [remind(days) for days in (6, 7, 8, 13, 13.5)] == [None, 7, None, 1, None]
    invitation.resend(practice.firm, NOW + timedelta(days=13.6), timedelta(days=14))
    assert [remind(days) for days in (14, 20.6, 27)] == [None, 7, 1]
    assert remind(28) is None


@pytest.mark.parametrize(("days", "told"), [(31, 0), (30, 1)])
def test_an_end_more_than_a_month_away_is_not_announced_however_due_it_looks(days, told):
    practice = Practice()
    practice.buy(1, paid_through=LAST_DAY)
    license = practice.licenses[-1]
    license.warn_on = NOW.date()

    changes = lapsing.warn_all(practice.firm, [license], on(LAST_DAY - timedelta(days=days)))

    assert len(changes.events) == told
    assert license.warn_on == LAST_DAY - timedelta(days=7 if told else 30)
