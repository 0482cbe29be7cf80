"""What time does by itself, through the running service: renewals and announcements."""

from datetime import timedelta

import pytest

from chassis.errors import Forbidden
from chassis.testing.world import eventually
from services.groups.tests.builders.firms import (
    a_firm,
    buy,
    join,
    refusal,
    remove,
    row,
    said,
)  # fmt: skip


def pass_days(world, days):
    world.clock.advance(timedelta(days=days))
    with world.transaction("groups") as tx:
        tx.wake("end_overdue")
        tx.wake("announce_ends")


def renewals(world, admin):
    return said(world, "license_renewed.v1", admin.firm_id())


@pytest.mark.proves("Q3", "S1-18", "S1-20")
def test_after_a_year_used_licenses_renew_and_unused_ones_are_gone(world):
    admin = a_firm(world, licenses=2)
    ben = join(admin)
    assert admin.pool() == (3, 1, 0, 2)

    pass_days(world, 366)

    eventually(lambda: admin.pool() == (2, 0, 0, 2))
    (year,) = eventually(lambda: renewals(world, admin))
    assert (year["account_id"], year["level"]) == (str(ben.account_id), "gold")
    (told,) = said(world, "licenses_lapsed.v1", admin.firm_id())
    assert told["quantity"] == 1
    reasons = [one["reason"] for one in admin.call("list_license_entries")["items"]]
    assert sorted(reasons[:2]) == ["renewed", "year_over"]


@pytest.mark.proves("Q3")
def test_a_year_is_renewed_once_however_often_the_sweep_runs(world):
    admin = a_firm(world, licenses=1)
    join(admin)

    for _ in range(3):
        pass_days(world, 183)
        eventually(lambda: said(world, "licenses_expiring.v1", admin.firm_id()) or True)
    eventually(lambda: len(renewals(world, admin)) == 1)

    pass_days(world, 366)
    years = eventually(lambda: len(renewals(world, admin)) == 2 and renewals(world, admin))
    assert len({year["period_start"] for year in years}) == 2


@pytest.mark.proves("Q3")
def test_a_license_freed_by_a_removal_can_be_assigned_until_its_last_day(world):
    admin = a_firm(world, licenses=1)
    remove(admin, join(admin))
    pass_days(world, 365)

    (invitation,) = admin.invite(row())
    admin.call("cancel_invitation", invitation_id=invitation["invitation_id"])
    assert admin.pool() == (2, 1, 0, 1)
    pass_days(world, 1)

    eventually(lambda: admin.pool() == (1, 0, 0, 1))
    assert renewals(world, admin) == []


def test_the_end_of_licenses_is_announced_30_7_and_1_days_before(world):
    admin = a_firm(world, licenses=2)
    join(admin)

    def announced():
        return [one["days_left"] for one in said(world, "licenses_expiring.v1", admin.firm_id())]

    pass_days(world, 334)
    assert announced() == []
    for days, expected in ((1, [30]), (23, [30, 7]), (6, [30, 7, 1])):
        pass_days(world, days)
        eventually(lambda expected=expected: announced() == expected)
    (first, *_) = said(world, "licenses_expiring.v1", admin.firm_id())
    assert (first["unused"], first["used"], first["held"]) == (1, 1, 0)


def test_the_end_of_an_invitation_is_announced_before_it_comes(world):
    admin = a_firm(world, licenses=1)
    admin.invite(row("late@example.com"))

    pass_days(world, 7)

    (near,) = eventually(lambda: said(world, "invitation_expiring.v1", admin.firm_id()))
    assert (near["email"], near["days_left"]) == ("late@example.com", 7)


def test_the_forecast_says_what_lapses_renews_and_waits(world):
    admin = a_firm(world)
    buy(admin, 3, days=100)
    ben = join(admin)
    admin.invite(row())
    day = (world.clock.now() + timedelta(days=100)).date()

    found = admin.call("get_license_forecast")

    assert found["items"] == [{"date": day.isoformat(), "lapsing": 1, "renewing": 1, "waiting": 1}]
    (sentence,) = found["sentences"]
    assert sentence.startswith("1 license lapses and 1 renews on ")
    assert sentence.endswith(f"{day.year}; 1 invitation is pending")
    assert refusal(Forbidden, lambda: ben.call("get_license_forecast")) == "not_allowed"


@pytest.mark.proves("S1-44", "S1-45")
def test_the_biography_tells_every_move_and_adds_up_to_the_pool(world):
    admin = a_firm(world, licenses=2)
    ben = join(admin)
    (invitation,) = admin.invite(row())
    admin.call("cancel_invitation", invitation_id=invitation["invitation_id"])
    admin.invite(row())
    remove(admin, ben)

    entries = admin.call("list_license_entries", limit=50)["items"]

    assert [one["reason"] for one in reversed(entries)] == [
        "own_subscription", "founded", "purchased", "purchased", "invited", "joined",
        "invited", "invitation_cancelled", "invited", "member_removed",
    ]  # fmt: skip
    last = {one["license_id"]: one["state"] for one in reversed(entries)}
    states = [*last.values()]
    assert admin.pool() == (
        3, states.count("unused"), states.count("held"), states.count("used"),
    )  # fmt: skip
    assert all(one["by_name"] for one in entries if one["reason"] != "own_subscription")
