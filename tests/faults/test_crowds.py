"""Many at once: six hundred invitations, and one address fifty times."""

import secrets
from collections import Counter

import eventlet
import pytest

from chassis.errors import BadRequest
from chassis.testing.world import eventually
from tests.faults.invariants import wait_until_settled
from tests.faults.workload import Workload

CROWD = 600
CALLS = 30

pytestmark = pytest.mark.crowd


@pytest.mark.proves("S1-45")
def test_six_hundred_invitations_at_once_are_six_hundred_mails(deployment):
    workload = Workload(deployment, f"c{secrets.token_hex(4)}")
    workload.found(CROWD)
    size = CROWD // CALLS

    def invite(part: int) -> None:
        numbers = range(part * size, (part + 1) * size)
        people = [
            {"email": workload.address(number), "name": f"Guest {number}", "role": "member"}
            for number in numbers
        ]
        workload.persist(
            f"crowd {part}", "groups.invite_members", workload.founder.token, people=people
        )

    parts = [eventlet.spawn(invite, part) for part in range(CALLS)]
    for part in parts:
        part.wait()
    wait_until_settled(deployment, timeout=90)

    expected = Counter({workload.address(number): 1 for number in range(CROWD)})
    mails = deployment.rows(
        "notifications",
        "SELECT recipient FROM mails WHERE kind = 'invitation' AND state = 'delivered'"
        " AND recipient LIKE :mine",
        mine=f"{workload.name}-%",
    )
    assert Counter(recipient for (recipient,) in mails) == expected
    counts = workload.world.call("groups.get_firm_overview", as_=workload.founder.token)
    assert counts["licenses"]["held"] == CROWD
    assert counts["licenses"]["unused"] == 0


@pytest.mark.proves("T05")
def test_one_address_fifty_times_at_once_is_invited_once(deployment):
    workload = Workload(deployment, f"o{secrets.token_hex(4)}")
    workload.found(3)
    person = {"email": workload.address("same"), "name": "The Same", "role": "member"}

    def invite(number: int) -> str:
        try:
            workload.persist(
                f"same {number}",
                "groups.invite_members",
                workload.founder.token,
                people=[person],
            )
        except BadRequest as refusal:
            return refusal.code
        return "invited"

    tries = [eventlet.spawn(invite, number) for number in range(50)]
    outcomes = Counter(attempt.wait() for attempt in tries)
    assert outcomes == {"invited": 1, "people_refused": 49}
    eventually(lambda: workload.unused() == 2)
