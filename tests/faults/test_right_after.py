"""With three processes a service: what one may do right after a joining is not "not found"."""

import os
import signal
from contextlib import contextmanager

import eventlet
import pytest

from chassis.errors import ChassisError, NotFound, Unavailable
from chassis.ids import uuid7
from chassis.testing.world import eventually
from tests.faults.test_several_processes import more_of
from tests.support import practice as p

LATE = ("firm_not_ready", "membership_not_ready", "no_membership")  # a newcomer's first second


def joining(world, firm):
    """Somebody with a client of their own, about to accept; what they need for it."""
    email = p.an_address()
    p.invite(world, firm.founder, email)
    person = p.a_professional(world, email=email)
    made = eventually(lambda: own_client(world, person))
    return person, made["client_id"], p.invitation_token(world, email)


def own_client(world, person):
    try:
        return person.call(world, "clients.create_client", given_name="Ann")
    except ChassisError as error:
        assert error.code in LATE, error
        return None


@pytest.mark.timeout(900)
@pytest.mark.parametrize("tries", [8, pytest.param(100, marks=pytest.mark.long)])
def test_whose_client_comes_along_is_found_and_given_at_once(deployment, tmp_path, tries):
    names = ["groups", "clients"]
    with more_of(deployment, tmp_path / "b", *names), more_of(deployment, tmp_path / "c", *names):
        firm = p.a_firm(deployment, licenses=tries)
        made = firm.founder.call(deployment, "clients.create_client", given_name="Bob")
        for _ in range(tries):
            person, client_id, token = joining(deployment, firm)

            joined = person.call(deployment, "groups.accept_invitation", token=token)

            found = eventlet.spawn(
                firm.founder.call, deployment, "clients.get_client", client_id=client_id
            )
            given = firm.founder.call(
                deployment,
                "clients.reassign_client",
                client_id=made["client_id"],
                member_id=joined["member_id"],
            )
            assert given["assigned_member_id"] == joined["member_id"]
            assert found.wait()["assigned_member_id"] == joined["member_id"]


@contextmanager
def frozen(process):
    """The process does nothing inside."""
    os.kill(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process.pid, signal.SIGCONT)


def test_while_groups_does_not_answer_nobody_is_said_to_be_not_there(deployment):
    """It may be new, and its news on the way: who asks is told to ask again, within seconds."""
    firm = p.a_firm(deployment)
    made = eventually(lambda: own_client(deployment, firm.founder))
    unknown = {"client_id": str(uuid7())}
    with frozen(deployment.processes["groups"]):
        with pytest.raises(Unavailable) as refused:
            firm.founder.call(deployment, "clients.get_client", **unknown)
        known = {"client_id": made["client_id"]}
        assert firm.founder.call(deployment, "clients.get_client", **known)["name"] == "Ann"

    assert refused.value.code == "membership_not_ready"

    def answered():
        try:
            return firm.founder.call(deployment, "clients.get_client", **unknown)
        except Unavailable:
            return None
        except NotFound as error:
            return error

    assert eventually(answered).code == "client_not_found"
