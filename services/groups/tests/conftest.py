"""Groups' tests speak for identity and billing themselves, so they also run without these two."""

import eventlet
import pytest

from chassis.keys import OPERATOR, ensure
from chassis.testing.world import World

SPEAKERS = ("identity", "groups", "billing", "clients", "notifications", OPERATOR)


@pytest.fixture
def world(world: World) -> World:
    """The world, with a key for everybody whose part a test plays."""
    ensure(world.configuration.get("keys.directory"), SPEAKERS)
    return world


@pytest.fixture
def unswept(world):
    """The world without the jobs of groups: what is due stays due until a test does it."""
    jobs = [
        one
        for one in world.runner.container("groups").entrypoints
        if one.method_name in ("end_overdue", "announce_ends")
    ]
    every = [job.every for job in jobs]
    for job in jobs:
        job.every = 3_600
        job.wakeup.ring()
    eventlet.sleep(0.1)
    yield world
    for job, interval in zip(jobs, every, strict=True):
        job.every = interval
        job.wakeup.ring()
