"""The broker's disk is lost: what it had confirmed and nobody had heard comes all the same."""

import secrets
from collections import Counter

import eventlet
import pytest

from chassis.testing.world import eventually
from tests.support.practice import PASSWORD

PEOPLE = 20
OFTEN = {"CHAMBERS_EVENTS_COMPARE_EVERY": "4s"}


@pytest.fixture
def deployment(deployment):
    """Services that compare more often than those of other fault tests."""
    deployment.stop_all()
    deployment.start_all(**OFTEN)
    yield deployment
    deployment.stop_all()


def register(deployment, number) -> str:
    email = f"w{secrets.token_hex(6)}@practice.example"
    fields = {"email": email, "password": PASSWORD, "name": f"Ana {number}", "kind": "professional"}
    deployment.call("identity.register", timeout=30, **fields)
    return email


def nothing_unpublished(deployment) -> bool:
    [(count,)] = deployment.rows(
        "identity", "SELECT count(*) FROM outbox WHERE published_at IS NULL"
    )
    return count == 0


def all_received(deployment) -> bool:
    """Whether identity knows that everybody has all it has said."""
    [(newest,)] = deployment.rows("identity", "SELECT max(id) FROM outbox")
    behind = deployment.rows(
        "identity", "SELECT 1 FROM consumers WHERE received_to < :id", id=newest
    )
    return not behind and nothing_unpublished(deployment)


def published_again(deployment) -> int:
    [(count,)] = deployment.rows("identity", "SELECT sum(republished) FROM consumers")
    return int(count)


@pytest.mark.proves("T28", "T29")
def test_events_that_a_broker_confirmed_and_lost_are_published_again(deployment):
    eventually(lambda: all_received(deployment), timeout=60)
    before = published_again(deployment)
    deployment.processes["notifications"].kill()
    pool = eventlet.GreenPool(4)
    people = list(pool.imap(lambda number: register(deployment, number), range(PEOPLE)))
    eventually(lambda: nothing_unpublished(deployment), timeout=30)

    deployment.rabbit.lose_data()
    deployment.start_all(**OFTEN)

    eventually(lambda: all(deployment.mails(one) for one in people), timeout=90)
    eventually(lambda: all_received(deployment), timeout=60)
    assert Counter(len(deployment.mails(one)) for one in people) == {1: PEOPLE}
    assert published_again(deployment) - before == PEOPLE
    assert all(process.alive for process in deployment.processes.values())


def test_what_still_waits_in_a_queue_is_not_published_again(deployment):
    eventually(lambda: all_received(deployment), timeout=60)
    before = published_again(deployment)
    deployment.processes["notifications"].kill()
    people = [register(deployment, number) for number in range(3)]
    eventually(lambda: nothing_unpublished(deployment), timeout=30)
    eventlet.sleep(6)  # for longer than an event may be on its way

    deployment.start_all(**OFTEN)

    eventually(lambda: all(deployment.mails(one) for one in people), timeout=60)
    eventually(lambda: all_received(deployment), timeout=60)
    assert published_again(deployment) == before
