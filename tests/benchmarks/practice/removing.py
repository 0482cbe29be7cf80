"""Removing a member who has 500 clients, which stay with the firm as nobody's."""

from typing import Any

from chassis.testing.world import eventually
from tests.benchmarks.figures import Figure, Figures
from tests.benchmarks.practice.firms import add_clients, found
from tests.benchmarks.practice.services import Practice
from tests.support import practice as people
from tests.support.practice import Firm

CLIENTS = 500
PATIENCE = 60  # seconds


def measure(practice: Practice, rounds: int) -> list[Figure]:
    """Measure milliseconds until the removal is answered."""
    figures = Figures()
    (firm,) = found(practice, 1, licenses=rounds + 1)
    for _ in range(rounds + 1):
        member_id = _member_with_clients(practice, firm)
        seconds = practice.timed(lambda member_id=member_id: _remove(practice, firm, member_id))
        practice.settle()
        spent = practice.meter.spent(1)
        figures.note(f"removing a member with {CLIENTS} clients", "ms", 1e3 * seconds, spent)
    return figures.warmed_up()


def _member_with_clients(practice: Practice, firm: Firm) -> str:
    person = people.a_joiner(practice, firm)

    def joined() -> list[Any]:
        return practice.sql(
            "clients",
            """SELECT member_id FROM members
               WHERE account_id = %(account)s AND firm_id = %(firm)s AND status = 'active'""",
            account=person.account_id,
            firm=firm.firm_id,
        )

    ((member_id,),) = eventually(joined)
    add_clients(practice, firm, CLIENTS, member_id)
    practice.settle()
    return str(member_id)


def _remove(practice: Practice, firm: Firm, member_id: str) -> None:
    reply = firm.founder.call(
        practice,
        "clients.remove_member",
        member_id=member_id,
        clients={"keep": True},
        timeout=PATIENCE,
    )
    if reply["clients"]["unassigned"] != CLIENTS:
        raise AssertionError("not all of the member's clients are nobody's now")
