"""Random lives of a firm on the running service, three things at a time; the tables agree."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
import sqlalchemy as sa

from groups.firms.tables import firms, license_entries, license_pools, licenses
from groups.invitations.tables import invitations
from groups.members.permissions import Role
from groups.members.tables import members
from services.groups.tests.builders.firms import (
    a_firm,
    a_professional,
    buy,
    link_to,
    member_id,
    remove,
    row,
)
from services.groups.tests.invitations.test_races import at_once

pytestmark = pytest.mark.heavy

ROLES = [role.value for role in Role]


class Storm:
    """A firm, people who come and go, and what they try, drawn from one seed."""

    def __init__(self, world, seed):
        self.world, self.random = world, Random(seed)
        self.founder = a_firm(world, licenses=5)
        self.firm_id = self.founder.firm_id()
        self.people = [self.founder, *(a_professional(world, f"Person {n}") for n in range(4))]
        self.tokens = {}  # by address, of what was mailed last

    def inside(self):
        return [one for one in self.people if one.firm_id() == self.firm_id]

    def tries(self):
        """Something that somebody does; whether it is allowed is for the service to say."""
        inside = self.inside()
        managers = [one for one in inside if "manage_members" in one.overview()["viewer"]["can"]]
        by = self.random.choice(managers if self.random.random() < 0.8 else inside)
        other = self.random.choice(inside)
        role, guest = self.random.choice(ROLES), self.random.choice(self.people)
        of_by, of_other = member_id(by), member_id(other)
        return self.random.choice([
            lambda: self.invite(by, guest, role),
            lambda: self.invite(by, guest, role),
            lambda: guest.call("accept_invitation", token=self.tokens.get(guest.email, "none")),
            lambda: guest.call("accept_invitation", token=self.tokens.get(guest.email, "none")),
            lambda: by.call("change_role", member_id=of_other, role=role),
            lambda: remove(by, other, of_member=of_other),
            lambda: by.call("hand_over_billing", from_member_id=of_other,
                            to_member_id=of_by, from_role="member"),
            lambda: self.cancel(by),
        ])  # fmt: skip

    def invite(self, by, guest, role):
        (invitation,) = by.invite(row(guest.email, role=role))
        self.tokens[guest.email] = link_to(self.world, invitation["invitation_id"])

    def cancel(self, by):
        pending = [one["invitation_id"] for one in by.overview()["members"] if one["invitation_id"]]
        if pending:
            by.call("cancel_invitation", invitation_id=self.random.choice(pending))

    def blow(self, rounds):
        for one in range(rounds):
            at_once(*[self.tries() for _ in range(3)])
            if one % 8 == 7:
                self.world.clock.advance(timedelta(days=self.random.choice([1, 15])))
                buy(self.inside()[0], 1, days=self.random.choice([10, 365]))
            self.agrees()

    def agrees(self):
        firm_ids = {self.firm_id, *(one.firm_id() for one in self.people)}
        with self.world.transaction("groups") as tx:
            read = tx.session.execute
            for firm_id in firm_ids:
                _agrees(read, firm_id)
            for person in self.people:
                mine = sa.select(members).where(members.c.account_id == person.account_id)
                assert Counter(one.status for one in read(mine))["active"] == 1


def _agrees(read, firm_id):
    of = [
        read(sa.select(table).where(table.c.firm_id == firm_id)).all()
        for table in (license_pools, licenses, members, invitations, license_entries)
    ]
    (pool,), owned, people, offers, entries = of
    states = Counter(one.state for one in owned)
    assert (pool.unused, pool.held, pool.used) == (
        states["unused"], states["held"], states["used"],
    )  # fmt: skip
    active = [one for one in people if one.status == "active"]
    pending = [one for one in offers if one.status == "pending"]
    for holders, state in ((active, "used"), (pending, "held")):
        holding = {one.license_id for one in holders if one.role != "billing_only"}
        assert holding == {one.id for one in owned if one.state == state}
        assert not [one for one in holders if one.role == "billing_only" and one.license_id]
    last = {one.license_id: one.state for one in sorted(entries, key=lambda one: one.id)}
    assert last == {one.id: one.state for one in owned}
    (firm,) = read(sa.select(firms).where(firms.c.id == firm_id))
    assert firm.active_members == len(active)
    assert not active or "admin" in {one.role for one in active}


@pytest.mark.proves("S1-04", "S1-05", "S1-45", "S1-53")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_people_try_at_once_the_tables_agree(world, seed):
    Storm(world, seed).blow(rounds=24)


def test_a_storm_is_no_calm(world):
    """Sooner or later everything happens in it that is meant to."""
    storm, missing = Storm(world, seed=4), {"joined", "role_changed", "member_removed"}
    seen = sa.select(license_entries.c.reason).where(license_entries.c.firm_id == storm.firm_id)

    for _ in range(20):
        storm.blow(rounds=8)
        with world.transaction("groups") as tx:
            missing -= set(tx.session.scalars(seen))
        if not missing:
            break

    assert missing == set()
