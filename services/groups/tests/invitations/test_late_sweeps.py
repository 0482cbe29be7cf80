"""What becomes of a license does not rest on when the job comes by, or how often."""

from datetime import date, timedelta

import eventlet
import pytest

from chassis.errors import Conflict
from groups.invitations import acts as overdue
from services.groups.tests.builders.firms import (
    a_firm,
    a_professional,
    buy,
    invited,
    join,
    link_to,
    member_id,
    refusal,
    remove,
    row,
    said,
    sweep,
)  # fmt: skip


class Gone(Exception):
    """There is no database any more."""


class GoesAway:
    """A database that is there for so many transactions."""

    def __init__(self, database, after):
        self.database, self.call, self.left = database, database.call, after

    def transaction(self, **how):
        self.left -= 1
        if self.left < 0:
            raise Gone
        return self.database.transaction(**how)


def renewals(admin):
    return said(admin.world, "license_renewed.v1", admin.firm_id())


@pytest.mark.proves("Q3")
def test_a_license_in_use_on_its_last_day_has_renewed_before_a_late_change_frees_it(unswept):
    admin = a_firm(unswept, licenses=1)
    ben = join(admin)
    unswept.clock.advance(timedelta(days=370))

    admin.call("change_role", member_id=member_id(ben), role="billing_only")

    assert admin.pool() == (2, 1, 0, 1)
    (year,) = renewals(admin)
    assert year["account_id"] == str(ben.account_id)
    sweep(unswept)
    assert len(renewals(admin)) == 1
    assert said(unswept, "license_expired.v1", admin.firm_id()) == []


@pytest.mark.proves("Q3", "S1-53", "S1-54")
@pytest.mark.parametrize("how", ["removed", "left", "billing_taken_over"])
def test_a_license_in_use_on_its_last_day_has_renewed_before_a_late_departure_frees_it(
    unswept, how
):
    admin = a_firm(unswept, licenses=2)
    ben, payer = join(admin), join(admin, "billing_only")
    admin.invite(row(role="billing_only"))
    unswept.clock.advance(timedelta(days=366))

    if how == "billing_taken_over":
        admin.call(
            "hand_over_billing",
            from_member_id=member_id(payer), to_member_id=member_id(ben), from_role="member",
        )  # fmt: skip
    else:
        remove(admin if how == "removed" else ben, ben)

    (year,) = renewals(admin)
    assert year["account_id"] == str(ben.account_id)
    sweep(unswept)
    assert admin.pool()[0] == 2  # the one that nobody used has lapsed
    assert len(renewals(admin)) == 1


@pytest.mark.parametrize("preview", ["preview_removal", "preview_role_change"])
def test_a_preview_shows_what_the_command_would_do_also_before_the_job_has_come_by(
    unswept, preview
):
    admin = a_firm(unswept, licenses=1)
    ben = join(admin)
    unswept.clock.advance(timedelta(days=366))
    asked = {"account_id": admin.account_id, "member_id": member_id(ben)}
    if preview == "preview_role_change":
        asked["role"] = "billing_only"

    shown = unswept.call(f"groups.{preview}", as_=unswept.as_service("clients"), **asked)

    assert [(one["from_state"], one["to_state"]) for one in shown["moves"]] == [("used", "unused")]
    assert renewals(admin) == []


@pytest.mark.proves("Q3", "S1-20")
def test_a_license_freed_on_its_last_day_is_not_renewed_by_a_late_sweep(unswept):
    admin = a_firm(unswept, licenses=1)
    ben = join(admin)
    unswept.clock.advance(timedelta(days=365))
    admin.call("change_role", member_id=member_id(ben), role="billing_only")
    assert admin.pool() == (2, 1, 0, 1)
    unswept.clock.advance(timedelta(days=40))

    sweep(unswept)

    assert admin.pool() == (1, 0, 0, 1)
    assert renewals(admin) == []
    assert len(said(unswept, "license_expired.v1", admin.firm_id())) == 1


@pytest.mark.proves("Q3")
def test_a_sweep_that_comes_three_years_late_renews_each_year_once(unswept):
    admin = a_firm(unswept, licenses=1)
    join(admin)
    unswept.clock.advance(timedelta(days=3 * 366))

    for _ in range(3):
        sweep(unswept)

    years = [(one["period_start"], one["paid_through"]) for one in renewals(admin)]
    assert len(years) == 3
    last_days = [date.fromisoformat(end) for _, end in years]
    first_days = [date.fromisoformat(start) for start, _ in years]
    assert first_days[1:] == [day + timedelta(days=1) for day in last_days[:-1]]
    reasons = [one["reason"] for one in admin.call("list_license_entries")["items"]]
    assert reasons.count("renewed") == 3


@pytest.mark.proves("Q3", "S1-21")
def test_a_license_that_waited_renews_when_its_invitation_is_accepted(unswept):
    ben = a_professional(unswept)
    admin = a_firm(unswept)
    buy(admin, 1, days=1)
    (invitation,) = admin.invite(row(ben.email))
    unswept.clock.advance(timedelta(days=3))
    sweep(unswept)
    assert admin.pool() == (2, 0, 1, 1)

    ben.call("accept_invitation", token=link_to(unswept, invitation["invitation_id"]))

    (year,) = renewals(admin)
    assert year["period_start"] == str((unswept.clock.now() - timedelta(days=1)).date())
    assert admin.pool() == (2, 0, 0, 2)


@pytest.mark.proves("Q3", "S1-20")
def test_a_license_that_waited_is_gone_with_its_invitation_and_whoever_charges_hears_it(unswept):
    admin = a_firm(unswept)
    buy(admin, 1, days=1)
    admin.invite(row())
    unswept.clock.advance(timedelta(days=15))

    sweep(unswept)

    assert admin.pool() == (1, 0, 0, 1)
    (gone,) = said(unswept, "license_expired.v1", admin.firm_id())
    assert (gone["number"], gone["order_id"]) == (1, gone["order_id"])
    (told,) = said(unswept, "licenses_lapsed.v1", admin.firm_id())
    assert (told["quantity"], told["paid_through"]) == (1, gone["paid_through"])
    assert renewals(admin) == []


@pytest.mark.proves("Q1")
def test_an_overdue_invitation_is_not_sent_again_whether_or_not_the_job_came_by(unswept):
    ben = a_professional(unswept)
    admin, _ = invited(unswept, ben)
    (pending,) = [one for one in admin.call("list_members")["items"] if one["invitation_id"]]
    unswept.clock.advance(timedelta(days=14))

    def resend():
        admin.call("resend_invitation", invitation_id=pending["invitation_id"])

    before = refusal(Conflict, resend)
    sweep(unswept)

    assert before == refusal(Conflict, resend) == "invitation_expired"
    (again,) = admin.invite(row(ben.email))
    ben.call("accept_invitation", token=link_to(unswept, again["invitation_id"]))


def test_many_sweeps_at_once_say_everything_once(unswept):
    admins = [a_firm(unswept, licenses=3) for _ in range(3)]
    for admin in admins:
        join(admin)
        admin.invite(row())
    unswept.clock.advance(timedelta(days=13))
    _at_once(unswept)
    unswept.clock.advance(timedelta(days=352))
    _at_once(unswept)
    unswept.clock.advance(timedelta(days=2))
    _at_once(unswept)

    for admin in admins:
        counts = [len(said(unswept, f"{event}.v1", admin.firm_id())) for event in (
            "invitation_expiring", "invitation_expired", "licenses_expiring",
            "license_renewed", "license_expired", "licenses_lapsed",
        )]  # fmt: skip
        assert counts == [1, 1, 1, 1, 2, 1]


def test_a_sweep_that_ends_halfway_leaves_the_rest_to_the_next(unswept):
    admins = [a_firm(unswept, licenses=1) for _ in range(3)]
    unswept.clock.advance(timedelta(days=366))

    with pytest.raises(Gone):
        overdue.end_everywhere(GoesAway(unswept.database("groups"), after=3))
    sweep(unswept)

    for admin in admins:
        assert len(said(unswept, "license_expired.v1", admin.firm_id())) == 1


def _at_once(world):
    for thread in [eventlet.spawn(sweep, world) for _ in range(4)]:
        thread.wait()
