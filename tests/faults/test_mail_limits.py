"""Two processes of a service share its limits on mails to people who have not asked."""

import secrets
from collections import Counter

import eventlet
import pytest

from chassis.errors import DeadlineExceeded, RateLimited, Unavailable
from chassis.ids import uuid7
from tests.faults.workload import Workload
from tests.support.practice import an_address

TRIAL, SAME = 20, 5  # a day in a firm that has paid for nothing; a day to one address
TRIES = 40


def outcome(world, person, target, **fields):
    """What came of one command, however often it has to be repeated under its key."""
    key = str(uuid7())
    while True:
        try:
            world.call(target, as_=person.token, key=key, timeout=8, **fields)
            return "taken"
        except RateLimited as refused:
            assert refused.details["retry_after"] > 0
            return refused.details["limit"]
        except (Unavailable, DeadlineExceeded):
            eventlet.sleep(0.2)


def at_once(world, person, target, requests):
    tries = [eventlet.spawn(outcome, world, person, target, **fields) for fields in requests]
    return Counter(each.wait() for each in tries)


def invite(email):
    return {"people": [{"email": email, "name": "A Stranger", "role": "billing_only"}]}


@pytest.mark.proves("F112", "F114")
def test_two_processes_of_a_service_share_its_limits(deployment, tmp_path):
    world = deployment
    workload = Workload(world, f"l{secrets.token_hex(4)}")
    founder = workload.arrive()
    new = {"given_name": "Ann", "family_name": "Weiss"}
    clients = [
        workload.persist(f"client {n}", "clients.create_client", founder.token, **new)["client_id"]
        for n in range(TRIES)
    ]

    with (
        deployment.another("groups", tmp_path) as groups,
        deployment.another("clients", tmp_path) as others,
    ):
        asked = [{"client_id": client_id, "email": an_address()} for client_id in clients]
        requests = at_once(world, founder, "clients.request_connection", asked)
        invitations = [invite(an_address()) for _ in range(TRIES)]
        invited = at_once(world, founder, "groups.invite_members", invitations)
        for second in (groups, others):
            assert second.served > 0

    assert requests == {"taken": TRIAL, "account": TRIES - TRIAL}
    assert invited == {"taken": TRIAL, "account": TRIES - TRIAL}


@pytest.mark.proves("F114")
def test_two_processes_send_one_invitation_again_a_few_times_only(deployment, tmp_path):
    workload = Workload(deployment, f"s{secrets.token_hex(4)}")
    founder = workload.found(1)
    workload.invite([1])
    invitation_id = workload.acknowledged[workload.address(1)]

    with deployment.another("groups", tmp_path) as second:
        again = [{"invitation_id": invitation_id} for _ in range(TRIES)]
        sent = at_once(deployment, founder, "groups.resend_invitation", again)
        assert second.served > 0

    assert sent == {"taken": SAME - 1, "recipient": TRIES - (SAME - 1)}
