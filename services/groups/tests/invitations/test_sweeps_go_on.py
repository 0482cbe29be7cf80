"""A firm with which the jobs cannot deal holds up no other firm."""

from datetime import timedelta

from chassis.testing.unreadable import unreadable
from groups.firms import tables
from services.groups.tests.builders.firms import a_firm, join, row, said, sweep


def told(admin):
    """How often each of what a sweep says was said of the firm."""
    return [
        len(said(admin.world, f"{event}.v1", admin.firm_id()))
        for event in ("invitation_expiring", "licenses_expiring", "invitation_expired",
                      "license_renewed", "license_expired")
    ]  # fmt: skip


def test_a_sweep_goes_on_behind_a_firm_that_fails_and_comes_back_to_it(unswept):
    admins = [a_firm(unswept, licenses=3) for _ in range(3)]
    first, second, third = sorted(admins, key=lambda admin: admin.firm_id())
    for admin in admins:
        join(admin)
        admin.invite(row())
    of_first = tables.firms.c.id == first.firm_id()

    with unreadable(unswept, "groups", tables.firms.c.policy, of_first):
        unswept.clock.advance(timedelta(days=13))
        sweep(unswept)
        near = [told(second), told(third)]
        unswept.clock.advance(timedelta(days=353))
        sweep(unswept)
        over = [told(second), told(third)]

    assert near == [[1, 0, 0, 0, 0]] * 2
    assert over == [[1, 0, 1, 1, 2]] * 2
    assert told(first) == [0, 0, 0, 0, 0]
    sweep(unswept)
    assert told(first) == [0, 0, 1, 1, 2]
