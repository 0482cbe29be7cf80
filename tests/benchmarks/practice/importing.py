"""An import: the service that takes it alone, without what others make of each new client."""

from functools import partial
from typing import Any

from chassis.ids import uuid7
from tests.benchmarks.figures import Figure, Figures
from tests.benchmarks.practice.firms import found
from tests.benchmarks.practice.services import Practice
from tests.support.practice import Firm

ROWS = 200  # in one call, the most there may be
CALLS = 5
HEARERS = ("billing", "notifications")


def measure(practice: Practice, rounds: int) -> list[Figure]:
    """Measure rows a second of an import whose rows are all new; CPU is for each row.

    By RPC it is what a caller sees; in the service, the time that its log tells of each call.
    """
    figures = Figures()
    (firm,) = found(practice, 1)
    rows = CALLS * ROWS
    for number in range(rounds + 1):
        batches = [_batch(number * rows + call * ROWS) for call in range(CALLS)]
        practice.logged_seconds("clients", "import_clients")  # of earlier rounds
        with practice.standing_still(*HEARERS):
            seconds = practice.timed(partial(_take, practice, firm, batches))
            spent = practice.meter.spent(rows)
        in_the_service = practice.logged_seconds("clients", "import_clients")
        figures.note("import, by RPC", "/s", rows / seconds, spent)
        figures.note("import, in the service", "/s", rows / in_the_service)
        practice.settle()
    return figures.warmed_up()


def _batch(first: int) -> list[dict[str, Any]]:
    return [
        {
            "row": place + 1,
            "given_name": f"Ann{first + place}",
            "family_name": f"Weiss{(first + place) % 977}",
            "emails": [f"ann{first + place}@example.org"],
            "external_id": str(first + place),
        }
        for place in range(ROWS)
    ]


def _take(practice: Practice, firm: Firm, batches: list[list[dict[str, Any]]]) -> None:
    for rows in batches:
        reply = firm.founder.call(
            practice, "clients.import_clients", batch_id=uuid7(), rows=rows, assign_to_me=True
        )
        if reply["counts"] != {"created": len(rows)}:
            raise AssertionError(f"not all rows are new: {reply['counts']}")
