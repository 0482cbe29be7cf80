"""Reading in a large firm: a page of the home page, and a search."""

import statistics

from tests.benchmarks.figures import Figure, Figures
from tests.benchmarks.measuring import MANY, ONE
from tests.benchmarks.practice.firms import firm_with_clients, one_by_one, side_by_side
from tests.benchmarks.practice.services import Practice, stopwatch

CLIENTS, MANY_CLIENTS = 100_000, 1_000_000
PAGE = 50
PAGES = 200
SEARCHES = 20
LOADS = {ONE: one_by_one, MANY: side_by_side}


def measure_home(practice: Practice, rounds: int) -> list[Figure]:
    """Measure pages of the home page a second, in a firm of 100,000 clients."""
    figures = Figures()
    firm = firm_with_clients(practice, CLIENTS)

    def page(_number: int) -> None:
        reply = firm.founder.call(practice, "clients.list_clients", limit=PAGE)
        if len(reply["items"]) != PAGE:
            raise AssertionError("a wrong page")

    for _ in range(rounds + 1):
        for load, ask in LOADS.items():
            seconds = practice.timed(lambda ask=ask: ask(page, PAGES))
            figures.note(f"home page, {load}", "/s", PAGES / seconds, practice.meter.spent(PAGES))
    return figures.warmed_up()


def measure_search(practice: Practice, rounds: int) -> list[Figure]:
    """Measure milliseconds until a search in a firm of 100,000 clients is answered."""
    return _measure_search(practice, rounds, CLIENTS)


def measure_long_search(practice: Practice, rounds: int) -> list[Figure]:
    """Measure the same in a firm of 1,000,000."""
    return _measure_search(practice, rounds, MANY_CLIENTS)


def _measure_search(practice: Practice, rounds: int, clients: int) -> list[Figure]:
    figures = Figures()
    firm = firm_with_clients(practice, clients)

    def search(number: int) -> None:
        sought = f"ann{1 + number * 7919 % clients}@"
        reply = firm.founder.call(practice, "clients.list_clients", search=sought)
        if len(reply["items"]) != 1:
            raise AssertionError("a wrong answer to a search")

    for number in range(rounds + 1):
        asked = range(number * SEARCHES, (number + 1) * SEARCHES)
        practice.meter.start()
        waits = [1e3 * stopwatch(lambda one=one: search(one)) for one in asked]
        spent = practice.meter.spent(SEARCHES)
        figures.note(f"a search among {clients:,} clients", "ms", statistics.median(waits), spent)
    return figures.warmed_up()
