"""What it costs to look whether anything is due, twice a minute, for ever."""

from datetime import timedelta

import pytest

from groups.invitations import acts as overdue
from services.groups.tests.builders.firms import a_firm, join, row, sweep
from services.groups.tests.test_cost import NO_TABLE, _is_our_read, _plan, statements

LOOKS = 5  # overdue invitations, used and unused licenses; and both to be announced


class Counting:
    """A database that counts its transactions; a look for firms is one, and work in a firm."""

    def __init__(self, database):
        self.database, self.transactions = database, 0

    def transaction(self, **how):
        self.transactions += 1
        return self.database.transaction(**how)


def transactions_of_a_sweep(world):
    database = Counting(world.database("groups"))
    overdue.end_everywhere(database)
    overdue.announce_everywhere(database)
    return database.transactions


def test_firms_with_nothing_due_cost_a_sweep_nothing(unswept):
    sweep(unswept)
    for _ in range(5):
        admin = a_firm(unswept, licenses=4)
        join(admin)
        admin.invite(row())

    assert transactions_of_a_sweep(unswept) == LOOKS


def test_what_is_done_is_not_looked_at_again(unswept):
    admin = a_firm(unswept, licenses=2)
    join(admin)
    admin.invite(row())
    unswept.clock.advance(timedelta(days=335))  # the invitation is over, the year is near its end

    first, second = transactions_of_a_sweep(unswept), transactions_of_a_sweep(unswept)

    assert (first > LOOKS, second) == (True, LOOKS)


def test_a_sweep_searches_by_index_and_scans_nothing(unswept):
    if unswept.stack != "embedded":
        pytest.skip("SQLite explains what it searches; the indexes are the same")
    admin = a_firm(unswept, licenses=2)
    join(admin)
    admin.invite(row())
    unswept.clock.advance(timedelta(days=337))
    with statements(unswept.database("groups").provider.store.engine) as seen:
        overdue.announce_everywhere(unswept.database("groups"))
        overdue.end_everywhere(unswept.database("groups"))

    reads = [(sql, values) for sql, values in seen if _is_our_read(sql)]
    with unswept.transaction("groups") as tx:
        plans = {sql: _plan(tx.session, sql, values) for sql, values in reads}
    assert len(plans) >= LOOKS
    assert {sql: plan for sql, plan in plans.items() if "SCAN" in plan.replace(NO_TABLE, "")} == {}
