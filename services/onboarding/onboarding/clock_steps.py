"""Letting time pass in the demonstration: the clock moves on, and what is due then is done."""

from collections.abc import Iterable
from datetime import timedelta

import eventlet

from chassis import clock
from chassis.jobs import Job
from chassis.runner import Runner
from onboarding import people
from onboarding.people import SignedIn
from onboarding.system import System, wait_for
from onboarding.timeline import settled

TURNS = 3  # what one job leaves behind is work for another: renewed, charged, then on a statement
PAUSE = 0.1  # seconds in which a rung job takes up its work


def pass_days(system: System, days: int, signed_in: Iterable[SignedIn], password: str) -> None:
    """Let ``days`` go by, do what has fallen due, and log everybody in again."""
    clock.advance(timedelta(days=days))
    do_what_is_due(system)
    for person in signed_in:
        fresh = people.log_in(system, person.email, password)
        person.token, person.refresh_token = fresh.token, fresh.refresh_token


def do_what_is_due(system: System) -> None:
    """Run the services' jobs now, which would come by themselves within a minute."""
    runner = system.runner
    if runner is None:
        raise RuntimeError("time passes only for services in this process")
    for _ in range(TURNS):
        _ring(runner)
        eventlet.sleep(PAUSE)
        wait_for(lambda: settled(runner), "all events to be handled")


def _ring(runner: Runner) -> None:
    for service in runner.service_map:
        for entrypoint in runner.container(service).entrypoints:
            if isinstance(entrypoint, Job):
                entrypoint.wakeup.ring()
