"""kill -9 at every named place of every service, along invite, accept, license, welcome (F1-F4)."""

import secrets

import eventlet
import pytest

from tests.faults.invariants import violations
from tests.faults.processes import wait_for_fault
from tests.faults.workload import Workload

COMMANDS = ("before_commit", "after_commit", "before_reply", "after_reply")
EVENTS = ("before_ack", "after_ack")
RELAY = ("relay_before_publish", "relay_after_publish_before_mark")
PLACES = {
    "identity": (*COMMANDS, *RELAY),
    "groups": (*COMMANDS, *EVENTS, *RELAY),
    "billing": (*COMMANDS, *EVENTS, *RELAY, "after_charge"),
    "clients": ("before_commit", "after_commit", *EVENTS),
    "notifications": (
        *("before_commit", "after_commit"), *EVENTS, *RELAY, "after_send_before_record",
    ),
}  # fmt: skip
SHORT = {
    ("identity", "after_commit"),
    ("groups", "before_commit"),
    ("groups", "after_reply"),
    ("groups", "before_ack"),
    ("groups", "relay_after_publish_before_mark"),
    ("billing", "after_charge"),
    ("clients", "before_ack"),
    ("notifications", "relay_before_publish"),
    ("notifications", "after_send_before_record"),
}
CASES = [
    pytest.param(service, place, marks=() if (service, place) in SHORT else pytest.mark.long)
    for service, places in PLACES.items()
    for place in places
]


@pytest.mark.proves("T03", "T28", "T29")
@pytest.mark.parametrize(("service", "place"), CASES)
def test_a_death_loses_nothing_and_doubles_nothing(deployment, service, place):
    process = deployment.processes[service]
    process.kill()
    process.start(fault=place)
    workload = Workload(deployment, f"k{secrets.token_hex(4)}")
    under_way = eventlet.spawn(workload.run, 1)
    wait_for_fault(process, timeout=60)
    process.start()
    under_way.wait()

    assert violations(deployment, workload) == []
