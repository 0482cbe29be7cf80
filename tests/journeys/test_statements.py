"""What a message costs at the database, kept in a file: a change that costs more shows there.

On both stacks the same, BEGIN and COMMIT not counted. ``CHAMBERS_WRITE_STATEMENTS=1`` with this
test writes the file anew.
"""

import json
import os
from pathlib import Path

import pytest

from chassis.testing.world import eventually
from tests.support import practice as p
from tests.support.logged import logged, statements_of

KEPT = Path(__file__).with_name("statements.json")


@pytest.fixture
def written():
    """What the log says of messages, as long as the test runs."""
    with logged() as out:
        yield out


class Meter:
    """Calls, and how many statements the service sent for each; twice asked, the smaller."""

    def __init__(self, world, written):
        self.world, self.written = world, written
        self.taken: dict[str, int] = {}

    def call(self, person, target, **fields):
        self.written.seek(0)
        self.written.truncate()
        reply = self.world.call(target, as_=person and person.token, **fields)
        [sent] = statements_of(self.written, target)
        self.taken[target] = min(sent, self.taken.get(target, sent))
        return reply


def live(meter):
    """One of each of the commonest messages."""
    world = meter.world
    firm = p.a_firm(world, licenses=2)
    founder, email = firm.founder, p.an_address()
    eventually(lambda: p.works_in(world, founder) == firm.firm_id)
    meter.call(None, "identity.log_in", email=founder.email, password=p.PASSWORD)
    meter.call(founder, "groups.get_firm_overview")
    meter.call(founder, "groups.list_members")
    people = [{"email": email, "name": "Ben Okafor", "role": "member"}]
    meter.call(founder, "groups.invite_members", people=people)
    joiner = p.a_professional(world, email=email)
    eventually(lambda: p.overview_of(world, joiner))
    token = p.invitation_token(world, email)
    joined = meter.call(joiner, "groups.accept_invitation", token=token)
    eventually(lambda: p.works_in(world, joiner) == firm.firm_id)
    made = meter.call(founder, "clients.create_client", given_name="Ann")
    mine = {"client_id": made["client_id"]}
    meter.call(founder, "clients.get_client", **mine)
    meter.call(founder, "clients.update_client", **mine, given_name="Anna")
    meter.call(founder, "clients.list_clients")
    meter.call(founder, "notifications.list_home")
    meter.call(founder, "notifications.list_bell")
    to = joined["member_id"]
    meter.call(founder, "clients.reassign_client", **mine, member_id=to)
    meter.call(founder, "groups.change_role", member_id=to, role="admin")
    people[0]["email"] = p.an_address()
    [invited] = meter.call(founder, "groups.invite_members", people=people)["invitations"]
    meter.call(founder, "groups.cancel_invitation", invitation_id=invited["invitation_id"])
    keep = {"keep": True, "receivers": []}
    meter.call(founder, "clients.remove_member", member_id=to, clients=keep)


@pytest.mark.timeout(180)
def test_messages_take_as_many_statements_as_the_file_says(world, written):
    meter = Meter(world, written)
    for _ in range(2):
        live(meter)
    if os.environ.get("CHAMBERS_WRITE_STATEMENTS"):
        KEPT.write_text(json.dumps(meter.taken, indent=1, sort_keys=True) + "\n")

    assert meter.taken == json.loads(KEPT.read_text())
