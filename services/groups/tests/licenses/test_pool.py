"""Whatever happens in whatever order: total = unused + held + used, and one license per holder."""

from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from groups.firms.errors import LicenseNotFree
from groups.firms.license import Cause, Reason
from groups.firms.states import LicenseState
from groups.invitations import ending
from groups.invitations.states import InvitationStatus
from groups.licenses import lapsing
from groups.licenses.errors import LicensesMissing
from groups.licenses.events import LicenseExpired
from groups.members.permissions import Role
from services.groups.tests.builders.practice import (
    NOW,
    TERM,
    Practice,
    a_license,
    a_person,
    act,
    an_account,
    said,
)  # fmt: skip


class Pool(RuleBasedStateMachine):
    """One firm's life: buying, inviting, sending again, cancelling, accepting, waiting."""

    def __init__(self):
        super().__init__()
        self.practice = Practice()
        self.now = NOW

    def pending(self):
        return [one for one in self.practice.invitations if one.status == "pending"]

    @rule(quantity=st.integers(1, 3), days=st.integers(1, 60))
    def buy(self, quantity, days):
        self.practice.buy(quantity, paid_through=self.now.date() + timedelta(days=days))

    @rule(roles=st.lists(st.sampled_from(Role), min_size=1, max_size=4))
    def invite(self, roles):
        needed = sum(role is not Role.BILLING_ONLY for role in roles)
        enough = len(self.practice.free(needed, self.now.date())) == needed
        people = [a_person(role=role) for role in roles]
        if enough:
            self.practice.invite(*people, at=self.now)
        else:
            with pytest.raises(LicensesMissing):
                self.practice.invite(*people, at=self.now)

    @precondition(lambda self: self.pending())
    @rule(data=st.data())
    def resend(self, data):
        invitation = data.draw(st.sampled_from(self.pending()))
        invitation.resend(self.practice.firm, self.now, TERM)

    @precondition(lambda self: self.pending())
    @rule(data=st.data())
    def cancel(self, data):
        invitation = data.draw(st.sampled_from(self.pending()))
        license = self.practice.license_of(invitation)
        changes = ending.cancel(self.practice.firm, invitation, license, act(self.now))
        self.practice.entries += changes.history

    @precondition(lambda self: self.pending())
    @rule(data=st.data())
    def accept(self, data):
        invitation = data.draw(st.sampled_from(self.pending()))
        if invitation.is_overdue(self.now):
            return
        self.practice.accept(invitation, an_account(invitation.email), at=self.now)

    @rule(days=st.integers(1, 20))
    def wait(self, days):
        self.now += timedelta(days=days)
        held = self.practice.held()
        ended = ending.expire_all(self.practice.firm, held, act(self.now))
        lapsed = lapsing.lapse_all(self.practice.firm, self.practice.licenses, act(self.now))
        self.practice.entries += ended.history + lapsed.history

    @invariant()
    def the_counts_are_those_of_the_licenses(self):
        pool, licenses = self.practice.firm.pool, self.practice.licenses
        states = [license.state for license in licenses]
        assert pool.unused == states.count(LicenseState.UNUSED)
        assert pool.held == states.count(LicenseState.HELD)
        assert pool.used == states.count(LicenseState.USED)
        assert pool.total == pool.unused + pool.held + pool.used

    @invariant()
    def every_holder_but_billing_only_has_one_license_of_their_own(self):
        members = self.practice.members
        holders = [*members, *self.pending()]
        licensed = [one.license_id for one in holders if one.license_id]
        assert len(licensed) == len(set(licensed))
        for holder in holders:
            assert (holder.license_id is None) == (holder.role is Role.BILLING_ONLY)
        assert self.practice.firm.pool.held == sum(bool(one.license_id) for one in self.pending())
        assert self.practice.firm.pool.used == sum(bool(one.license_id) for one in members)

    @invariant()
    def the_biography_tells_the_same_story(self):
        last = {entry.license_id: entry.state for entry in self.practice.entries}
        assert last == {license.id: license.state for license in self.practice.licenses}

    @invariant()
    def an_ended_invitation_holds_nothing(self):
        for invitation in self.practice.invitations:
            license = self.practice.license_of(invitation)
            if license and invitation.status is InvitationStatus.PENDING:
                assert license.state is LicenseState.HELD


Pool.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestPool = pytest.mark.proves("S1-04", "S1-05", "T03")(Pool.TestCase)


def test_a_license_that_is_used_cannot_be_held():
    practice = Practice()

    with pytest.raises(LicenseNotFree):
        practice.firm.pool.hold(practice.licenses[0], act(), Cause())


@pytest.mark.parametrize(("days", "state"), [(0, "unused"), (1, "lapsed")])
def test_a_freed_license_is_kept_while_it_is_paid_for_and_disappears_after(days, state):
    practice = Practice()
    license = a_license(practice.firm.id, paid_through=date(2026, 3, 1))
    practice.firm.pool.add([license], Reason.PURCHASED, act())
    practice.firm.pool.hold(license, act(), Cause())

    later = act(NOW + timedelta(days=days))
    practice.firm.pool.release(license, Reason.INVITATION_CANCELLED, later, Cause())

    assert license.state == state


@pytest.mark.proves("S1-18", "S1-19")
@pytest.mark.parametrize(("days", "left"), [(0, 3), (1, 2)])
def test_a_license_nobody_was_given_disappears_after_its_last_day(days, left):
    practice = Practice()
    practice.buy(1, paid_through=NOW.date())
    practice.buy(1, paid_through=NOW.date() + timedelta(days=1))

    later = act(NOW + timedelta(days=days))
    changes = lapsing.lapse_all(practice.firm, practice.licenses, later)

    assert (practice.firm.pool.total, practice.firm.pool.unused) == (left, left - 1)
    assert len(said(changes, LicenseExpired)) == 3 - left


@pytest.mark.proves("S1-21")
def test_a_license_held_by_an_invitation_on_its_last_day_waits():
    practice = Practice()
    practice.buy(1, paid_through=NOW.date())
    invitation = practice.invite_one(email="ben@example.com")
    next_day = NOW + timedelta(days=1)

    lapsing.lapse_all(practice.firm, practice.licenses, act(next_day))
    practice.accept(invitation, an_account("ben@example.com"), at=next_day)

    assert practice.license_of(invitation).state is LicenseState.USED


def test_the_license_of_the_founders_subscription_never_lapses():
    practice = Practice()
    practice.firm.pool.release(practice.licenses[0], Reason.ROLE_CHANGED, act(), Cause())

    changes = lapsing.lapse_all(practice.firm, practice.licenses, act(NOW + timedelta(days=9_999)))

    assert (changes.events, practice.firm.pool.unused) == ([], 1)


@pytest.mark.proves("S1-17")
def test_each_license_carries_its_own_purchase_day_and_last_day():
    practice = Practice()
    practice.buy(1, paid_through=date(2027, 3, 1))
    practice.buy(1, paid_through=date(2027, 5, 1))

    assert [one.paid_through for one in practice.licenses[1:]] == [
        date(2027, 3, 1), date(2027, 5, 1),
    ]  # fmt: skip
