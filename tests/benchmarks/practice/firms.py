"""Firms, members and clients to measure with; what there are many of is loaded in one statement."""

from collections.abc import Callable
from functools import cache

import eventlet

from chassis.errors import ChassisError
from chassis.testing.world import eventually
from tests.benchmarks.measuring import GROUP
from tests.benchmarks.practice.services import Practice
from tests.support import practice as people
from tests.support.practice import Firm

LICENSES = """
    INSERT INTO licenses (id, firm_id, order_id, number, purchased_on, paid_through, state)
    SELECT gen_random_uuid(), firm_id, firm_id, n, current_date, current_date + 365, 'unused'
    FROM license_pools, generate_series(1, %(count)s) n WHERE firm_id = ANY(%(firms)s::uuid[])"""
POOLS = """
    UPDATE license_pools SET unused = unused + %(count)s WHERE firm_id = ANY(%(firms)s::uuid[])"""
CLIENTS = """
    INSERT INTO clients (client_id, firm_id, assigned_member_id, name, sort_name, search_text,
        status, connection, tags, version)
    SELECT gen_random_uuid(), %(firm)s, %(member)s, 'Ann ' || n,
        lpad(((n * 7919::bigint) %% %(count)s)::text, 7, '0') || ' ann',
        'ann ' || n || ' ann' || n || '@example.org', 'active', 'none', '[]', 1
    FROM generate_series(1, %(count)s) n"""


def found(practice: Practice, count: int, licenses: int = 0) -> list[Firm]:
    """Found firms, each with that many unused licenses beside its founder's own."""
    pool = eventlet.GreenPool(GROUP)
    firms = list(pool.imap(lambda _: people.a_firm(practice), range(count)))
    for firm in firms:
        eventually(lambda firm=firm: _answered(practice, firm))
    grown = {"firms": [firm.firm_id for firm in firms], "count": licenses}
    for statement in (LICENSES, POOLS, "ANALYZE licenses"):
        practice.sql("groups", statement, **grown)
    practice.settle()
    return firms


def _answered(practice: Practice, firm: Firm) -> bool:
    try:
        return bool(firm.founder.call(practice, "clients.list_clients"))
    except ChassisError:
        return False


def add_clients(practice: Practice, firm: Firm, count: int, member_id: str | None = None) -> None:
    """Add clients as if they had been imported; nobody's, or that member's."""
    numbers = {"firm": firm.firm_id, "member": member_id, "count": count}
    practice.sql("clients", CLIENTS, **numbers)
    practice.sql("clients", "VACUUM ANALYZE clients")


@cache
def firm_with_clients(practice: Practice, count: int) -> Firm:
    """Return a firm with that many clients; the same one to all that ask."""
    (firm,) = found(practice, 1)
    add_clients(practice, firm, count)
    return firm


def side_by_side(ask: Callable[[int], object], calls: int) -> None:
    """Make that many calls, twenty of them under way at any time."""
    pool = eventlet.GreenPool(GROUP)
    for _ in pool.imap(ask, range(calls)):
        pass


def one_by_one(ask: Callable[[int], object], calls: int) -> None:
    """Make that many calls, each when the one before is answered."""
    for number in range(calls):
        ask(number)
