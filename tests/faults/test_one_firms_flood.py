"""One firm's row is locked, or thirty of its calls come at once: others notice nothing."""

import statistics
import time
from contextlib import contextmanager

import eventlet
import pytest
import sqlalchemy as sa

from chassis.errors import ChassisError
from chassis.store import Store
from chassis.testing.world import eventually
from tests.support import practice as p

CALLERS = 30
ASKED = 40


@contextmanager
def locked(deployment, firm_id):
    """Hold the firm's row in groups, as a transaction that hangs would."""
    store = Store(deployment.configuration.service("groups")["database_url"], pool_size=1)
    try:
        with store.begin() as session:
            row = sa.text("SELECT 1 FROM firms WHERE id = :id FOR UPDATE")
            assert session.execute(row, {"id": firm_id}).one()
            yield
    finally:
        store.close()


def seconds_to(call):
    began = time.monotonic()
    call()
    return time.monotonic() - began


def renaming(world, people, times):
    """Calls by these people in turn, all of which want the firm's row."""

    def outcome(number):
        person = people[number % len(people)]
        try:
            return person.call(world, "groups.rename_firm", name=f"Firm {number}") and "ok"
        except ChassisError as error:
            return error.code

    return [eventlet.spawn(outcome, number) for number in range(times)]


@pytest.mark.parametrize("callers", [1, 3])
def test_others_read_and_write_while_thirty_calls_of_one_firm_wait_for_its_row(deployment, callers):
    firm, other = p.a_firm(deployment, licenses=callers - 1), p.a_firm(deployment)
    people = [firm.founder]
    people += [p.a_joiner(deployment, firm, "admin") for _ in range(callers - 1)]

    def read():
        other.founder.call(deployment, "groups.get_firm_overview")

    alone = statistics.median(seconds_to(read) for _ in range(ASKED))
    with locked(deployment, firm.firm_id):
        waiting = renaming(deployment, people, CALLERS)
        eventlet.sleep(0.5)
        busy = statistics.median(seconds_to(read) for _ in range(ASKED))
        written = seconds_to(
            lambda: other.founder.call(deployment, "groups.rename_firm", name="Anew")
        )
        assert not any(thread.dead for thread in waiting)

    assert busy < max(0.1, 3 * alone)
    assert written < 1.0
    assert {thread.wait() for thread in waiting} == {"ok"}


def test_what_cannot_wait_any_more_is_refused_at_once_by_name(deployment):
    firm = p.a_firm(deployment)

    with locked(deployment, firm.firm_id):
        waiting = renaming(deployment, [firm.founder], 90)
        refused = eventually(lambda: [one for one in waiting if one.dead])
        assert {one.wait() for one in refused} == {"firm_busy"}

    assert {one.wait() for one in waiting} == {"ok", "firm_busy"}
