"""Whatever happens in whatever order, a firm's licenses, invitations and members agree.

And whatever is previewed happens that way: see ``Life.as_foreseen``.
"""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from groups.firms.states import LicenseState
from groups.members.permissions import Role
from groups.members.states import MemberStatus
from services.groups.tests.builders.life import Life
from services.groups.tests.builders.practice import TERM

pytestmark = pytest.mark.heavy

ROLES = st.sampled_from(Role)
WORKING = st.sampled_from([role for role in Role if role is not Role.BILLING_ONLY])


class FirmsLife(RuleBasedStateMachine):
    """Each rule is one thing that people, or time, do to a firm."""

    def __init__(self):
        super().__init__()
        self.life = Life()

    @property
    def practice(self):
        return self.life.practice

    def place(self, data, things):
        return data.draw(st.integers(0, len(things) - 1))

    @rule(quantity=st.integers(1, 3), days=st.integers(0, 60))
    def buy(self, quantity, days):
        self.practice.buy(quantity, self.life.now.date() + timedelta(days=days))

    @rule(roles=st.lists(ROLES, min_size=1, max_size=3), again=st.booleans())
    def invite(self, roles, again):
        self.life.invite(roles, again)

    @precondition(lambda self: self.life.pending())
    @rule(data=st.data())
    def resend(self, data):
        invitation = data.draw(st.sampled_from(self.life.pending()))
        invitation.resend(self.practice.firm, self.life.now, TERM)

    @precondition(lambda self: self.life.pending())
    @rule(data=st.data())
    def cancel(self, data):
        self.life.cancel(self.place(data, self.life.pending()))

    @precondition(lambda self: self.life.open())
    @rule(data=st.data(), role=ROLES)
    def offer_another_role(self, data, role):
        self.life.offer_role(self.place(data, self.life.open()), role)

    @precondition(lambda self: self.life.open())
    @rule(data=st.data())
    def accept(self, data):
        self.life.accept(self.place(data, self.life.open()))

    @rule(data=st.data(), role=ROLES)
    def change_a_role(self, data, role):
        by, member = (self.place(data, self.practice.active()) for _ in range(2))
        self.life.change_role(by, member, role)

    @rule(data=st.data())
    def remove(self, data):
        by, member = (self.place(data, self.practice.active()) for _ in range(2))
        self.life.remove(by, member)

    @rule(data=st.data())
    def leave(self, data):
        member = self.place(data, self.practice.active())
        self.life.remove(member, member)

    @precondition(lambda self: {Role.BILLING_ONLY, Role.ADMIN} <= self.roles())
    @rule(data=st.data(), role=WORKING)
    def hand_billing_over(self, data, role):
        people = self.practice.active()
        payers = [place for place, one in enumerate(people) if one.role is Role.BILLING_ONLY]
        others = [place for place in range(len(people)) if place not in payers]
        giver, taker = data.draw(st.sampled_from(payers)), data.draw(st.sampled_from(others))
        self.life.hand_over(giver, taker, role)

    @rule(days=st.integers(0, 20) | st.integers(300, 800), hours=st.integers(0, 23))
    def wait(self, days, hours):
        self.life.wait(days=days, hours=hours)

    def roles(self):
        return {member.role for member in self.practice.active()}

    @invariant()
    def the_counts_are_those_of_the_licenses(self):
        pool = self.practice.firm.pool
        states = [license.state for license in self.practice.licenses]
        assert pool.unused == states.count(LicenseState.UNUSED)
        assert pool.held == states.count(LicenseState.HELD)
        assert pool.used == states.count(LicenseState.USED)
        assert pool.total == pool.unused + pool.held + pool.used

    @invariant()
    def every_member_but_billing_only_uses_one_license_and_nobody_else_does(self):
        licensed = [one for one in self.practice.active() if one.role is not Role.BILLING_ONLY]
        used = [one for one in self.practice.licenses if one.state is LicenseState.USED]
        assert sorted(one.license_id for one in licensed) == sorted(one.id for one in used)
        others = [one for one in self.practice.members if one not in licensed]
        assert [one.license_id for one in others if one.license_id] == []

    @invariant()
    def what_is_in_use_is_paid_for_and_each_year_is_renewed_once(self):
        today = self.life.now.date()
        used = [one for one in self.practice.licenses if one.state is LicenseState.USED]
        assert all(one.is_paid_on(today) for one in used)
        years = [(year.license_id, year.period_start) for year in self.life.years]
        assert len(years) == len(set(years))

    @invariant()
    def every_pending_invitation_but_billing_only_holds_one_license(self):
        holding = [one for one in self.life.pending() if one.role is not Role.BILLING_ONLY]
        held = [one for one in self.practice.licenses if one.state is LicenseState.HELD]
        assert sorted(one.license_id for one in holding) == sorted(one.id for one in held)

    @invariant()
    def there_is_an_admin_and_the_owner_is_a_member(self):
        assert self.practice.admins()
        owner = self.practice.firm.owner_account_id
        assert owner in {member.account_id for member in self.practice.active()}

    @invariant()
    def the_firm_knows_how_many_work_in_it(self):
        assert self.practice.firm.active_members == len(self.practice.active())

    @invariant()
    def the_biography_tells_the_same_story(self):
        last = {one.license_id: one.state for one in self.practice.entries}
        assert last == {license.id: license.state for license in self.practice.licenses}

    @invariant()
    def everybody_has_one_active_membership(self):
        practice = self.practice
        homes = {**practice.homes, **practice.left}
        for account_id in {member.account_id for member in practice.members}:
            here = [one for one in practice.members if one.account_id == account_id]
            at_home = homes[account_id].members if account_id in homes else []
            awake = [one for one in [*here, *at_home] if one.status is MemberStatus.ACTIVE]
            assert len(awake) == 1


FirmsLife.TestCase.settings = settings(max_examples=100, stateful_step_count=50, deadline=None)
TestFirmsLife = pytest.mark.proves(
    "S1-04", "S1-05", "S1-45", "S1-53", "S1-72", "Q2", "Q3", "Q4", "T03"
)(FirmsLife.TestCase)
