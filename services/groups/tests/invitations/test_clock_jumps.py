"""A machine whose clock jumps by a year ends no invitation until somebody may trust it."""

from datetime import timedelta

import eventlet
import pytest

from chassis import clock
from chassis.testing.world import eventually
from chassis.timekeeping import Timekeeper
from services.groups.tests.builders.firms import a_firm, row, said

YEAR = timedelta(days=365)


class Machine:
    """The machine's clock, so far off."""

    def __init__(self):
        self.off = timedelta()

    def __call__(self):
        return clock.machine() + self.off


@pytest.fixture
def machine(world):
    """Groups goes by this clock; what others and the database's say stays true."""
    provider, machine = world.database("groups").provider, Machine()
    before = provider.timekeeper
    provider.timekeeper = Timekeeper(timedelta(days=1), timedelta(seconds=1), machine=machine)
    assert provider.timekeeper.trusts(provider.store, "a look")
    yield machine
    provider.timekeeper = before
    clock.reset()


def ring(world):
    world.database("groups").provider.wakeups["end_overdue"].ring()


def ended(world, invitation):
    return [
        one
        for one in said(world, "invitation_expired.v1", invitation["firm_id"])
        if one["invitation_id"] == invitation["invitation_id"]
    ]


def test_an_invitation_outlives_a_clock_that_jumped_and_ends_when_it_has_held(
    world, machine, caplog
):
    admin = a_firm(world, licenses=1)
    (invitation,) = admin.invite(row())
    invitation["firm_id"] = admin.firm_id()

    machine.off = YEAR
    clock.advance(YEAR)
    for _ in range(3):
        ring(world)
        eventlet.sleep(0.1)

    assert ended(world, invitation) == []
    assert "end_overdue waits: the clock" in caplog.text
    machine.off = timedelta()
    eventually(lambda: ring(world) or ended(world, invitation))


def test_what_goes_by_no_clock_goes_on(world, machine):
    admin = a_firm(world, licenses=1)
    machine.off = YEAR

    (invitation,) = admin.invite(row())

    assert (
        said(world, "member_invited.v1", admin.firm_id())[-1]["invitation_id"]
        == (invitation["invitation_id"])
    )
