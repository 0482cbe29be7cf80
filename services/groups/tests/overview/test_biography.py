"""The licenses' biography is complete: read from the first entry on, it tells the pool's counts."""

from collections import Counter
from datetime import timedelta

import pytest

from chassis.testing.world import eventually
from services.groups.tests.builders.firms import (
    a_firm,
    a_professional,
    buy,
    join,
    link_to,
    member_id,
    row,
    sweep,
)  # fmt: skip
from services.groups.tests.licenses.test_levels import level_changes, say

WHO = {
    "own_subscription", "purchased", "founded", "invited", "joined", "invitation_cancelled",
    "role_changed",
}  # fmt: skip
TIME = {"invitation_expired", "year_over", "renewed", "level_changed"}


def entries_of(admin):
    """All entries, oldest first, read page by page."""
    entries, cursor = [], None
    while True:
        page = admin.call("list_license_entries", limit=3, cursor=cursor)
        entries += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return entries[::-1]


def counts(entries):
    """``total, unused, held, used``, as the entries tell it."""
    states = Counter({entry["license_id"]: entry["state"] for entry in entries}.values())
    unused, held, used = states["unused"], states["held"], states["used"]
    return unused + held + used, unused, held, used


def what_people_do(admin, look):
    """Buying, inviting, cancelling, joining, other roles; ``look`` after each."""
    buy(admin, 4)
    look()
    ben = join(admin)
    look()
    (cancelled,) = admin.invite(row())
    admin.call("cancel_invitation", invitation_id=cancelled["invitation_id"])
    look()
    for role in ("billing_only", "member"):
        admin.call("change_role", member_id=member_id(ben), role=role)
        look()


def what_happens_by_itself(admin, look):
    """Another level, an invitation that ends, licenses that wait, lapse and renew."""
    world, late = admin.world, a_professional(admin.world)
    say(admin, "silver", 1)
    eventually(lambda: len(level_changes(admin)) == 4)
    look()
    admin.invite(row())
    pass_days(world, 15)
    look()
    pass_days(world, 346)
    (waits,) = admin.invite(row(late.email))
    pass_days(world, 10)
    look()
    late.call("accept_invitation", token=link_to(world, waits["invitation_id"]))
    look()
    pass_days(world, 366)
    look()


def pass_days(world, days):
    world.clock.advance(timedelta(days=days))
    sweep(world)


@pytest.mark.proves("S1-19", "S1-43", "S1-44", "S1-45", "Q3")
def test_read_from_the_start_the_biography_tells_the_counts_at_every_moment(unswept):
    admin = a_firm(unswept)

    def look():
        assert counts(entries_of(admin)) == admin.pool()

    what_people_do(admin, look)
    what_happens_by_itself(admin, look)

    told = entries_of(admin)
    assert {one["reason"] for one in told} == WHO | TIME
    assert all(one["by_account_id"] for one in told if one["reason"] in WHO)
    assert admin.pool() == (3, 0, 0, 3)


@pytest.mark.proves("Q3")
def test_an_entry_says_until_when_the_license_is_paid_and_at_what_level(unswept):
    admin = a_firm(unswept, licenses=1)
    ben = join(admin)
    bought_on = unswept.clock.now().date()
    unswept.clock.advance(timedelta(days=366))
    sweep(unswept)

    renewed, joined = admin.call("list_license_entries", limit=2)["items"]

    assert (joined["paid_through"], joined["level"]) == (
        str(bought_on + timedelta(days=365)), "gold",
    )  # fmt: skip
    assert renewed["paid_through"] > str(unswept.clock.now().date())
    assert (renewed["reason"], renewed["member_name"]) == ("renewed", ben.name)
    assert (renewed["by_account_id"], renewed["state"]) == (None, "used")
