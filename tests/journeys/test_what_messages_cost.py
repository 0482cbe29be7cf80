"""What a message costs, kept in a file: a change that makes one dearer, or longer to follow, shows.

At the database: statements, the same on both stacks, BEGIN and COMMIT not counted, and round trips
to PostgreSQL, these counted. For whoever reads it: the files and functions of its service that run.
``CHAMBERS_WRITE_COSTS=1`` with this test writes the file anew, on each stack what that one tells.
"""

import json
import os
from pathlib import Path

import pytest

from chassis.testing.world import eventually, link_in
from tests.support import practice as p
from tests.support.followed import Followed
from tests.support.logged import costs_of, logged

KEPT = Path(__file__).with_name("costs.json")
AT_MOST = {  # statements and round trips
    "identity.log_in": (12, 16),
    "groups.invite_members": (12, 16),
    "groups.accept_invitation": (18, 22),
    "groups.remove_member": (18, 22),
    "groups.list_members": (2, 2),
    "clients.list_clients": (2, 2),
    "notifications.list_bell": (2, 2),
    "notifications.list_home": (2, 2),
}
LENGTH_AT_MOST = {"files": 10, "functions": 40, "longest": 25}
MOST_USED = (
    "identity.register",
    "identity.verify_email",
    "identity.log_in",
    "identity.refresh",
    "notifications.list_home",
    "notifications.list_bell",
    "clients.list_clients",
    "clients.get_client",
    "clients.create_client",
    "clients.update_client",
    "clients.reassign_client",
    "groups.invite_members",
    "groups.accept_invitation",
)


@pytest.fixture
def written():
    """What the log says of messages, as long as the test runs."""
    with logged() as out:
        yield out


class Meter:
    """Calls, and what each cost its service; of several calls the cheapest counts."""

    def __init__(self, world, written, followed):
        self.world, self.written, self.followed = world, written, followed
        self.taken: dict[str, dict[str, int]] = {}

    def call(self, person, target, counted="", **fields):
        """The reply; ``counted`` is a message that the called one sends on, in its place."""
        self.written.seek(0)
        self.written.truncate()
        reply = self.world.call(target, as_=person and person.token, **fields)
        message = counted or target
        [sent] = costs_of(self.written, message)
        self._keep(message, sent | self.followed.length_of(message))
        return reply

    def _keep(self, message, cost):
        before = self.taken.get(message, cost)
        self.taken[message] = {name: min(cost[name], before[name]) for name in cost}


def live(meter):
    """One of each of the commonest messages."""
    world = meter.world
    firm = p.a_firm(world, licenses=2)
    founder, email = firm.founder, p.an_address()
    eventually(lambda: p.works_in(world, founder) == firm.firm_id)
    get_in(meter)
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
    # Of a departure clients does its part by command or by event, whichever comes first.
    removing = "clients.remove_member", "groups.remove_member"
    meter.call(founder, *removing, member_id=to, clients=keep)


def get_in(meter):
    """Register, show that the address is one's own, log in, and stay so."""
    mine = {"email": p.an_address(), "password": p.PASSWORD}
    meter.call(None, "identity.register", **mine, name="Eva Lindqvist", kind="client")
    token = link_in(meter.world.mail(mine["email"], "/verify-email"), "/verify-email")
    meter.call(None, "identity.verify_email", token=token, password=p.PASSWORD)
    login = meter.call(None, "identity.log_in", **mine)
    meter.call(None, "identity.refresh", refresh_token=login["refresh_token"])


@pytest.fixture
def taken(world, written):
    """What each message cost, by name."""
    with Followed() as followed:
        meter = Meter(world, written, followed)
        for _ in range(2):
            live(meter)
    if world.stack == "embedded":  # SQLite is no server
        for cost in meter.taken.values():
            del cost["round_trips"]
    return meter.taken


@pytest.mark.timeout(180)
def test_messages_cost_what_the_file_says(taken):
    kept = json.loads(KEPT.read_text())
    if os.environ.get("CHAMBERS_WRITE_COSTS"):
        kept = {message: kept.get(message, {}) | cost for message, cost in taken.items()}
        KEPT.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")
    for message, cost in sorted(taken.items()):
        print(message, *(f"{name} {number}" for name, number in cost.items()))

    assert taken == {message: of(kept[message], taken[message]) for message in kept}


def of(kept, names):
    """What is told on every stack, and round trips where there is a server."""
    return {name: kept[name] for name in names}


def test_what_is_kept_stays_cheap_and_short():
    kept = json.loads(KEPT.read_text())

    dear = [
        message
        for message, (statements, round_trips) in AT_MOST.items()
        if kept[message]["statements"] > statements or kept[message]["round_trips"] > round_trips
    ]
    assert dear == []
    long = [
        (message, name, kept[message][name])
        for message in MOST_USED
        for name, most in LENGTH_AT_MOST.items()
        if kept[message][name] > most
    ]
    assert long == []
