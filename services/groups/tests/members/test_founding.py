import pytest

from groups.firms.events import FirmCreated, LicensePoolChanged
from groups.firms.states import Policy
from groups.members.events import MemberJoined
from groups.members.founding import found_firm
from groups.members.permissions import Role
from services.groups.tests.builders.practice import Practice, act, an_account, said


def test_a_professional_starts_as_admin_of_a_solo_firm_named_after_them():
    account = an_account(name="Ana Ruiz")

    changes = found_firm(account, act())

    (firm,) = said(changes, FirmCreated)
    assert (firm.name, firm.solo, firm.policy) == ("Ana Ruiz", True, Policy.OPEN)
    assert firm.owner_account_id == account.account_id
    assert changes.result.role is Role.ADMIN


def test_the_founder_joins_without_an_invitation():
    (joined,) = said(found_firm(an_account(), act()), MemberJoined)

    assert (joined.invitation_id, joined.left_firm_id, joined.invited_by_name) == (None,) * 3


@pytest.mark.proves("Q2")
def test_the_founders_own_subscription_brings_the_license_they_hold():
    changes = found_firm(an_account(), act())

    _, license, founder = changes.new
    assert founder.license_id == license.id
    assert license.paid_through is None
    (pool,) = said(changes, LicensePoolChanged)
    assert (pool.total, pool.unused, pool.held, pool.used) == (1, 0, 0, 1)


def test_the_biography_begins_with_how_the_license_came_and_who_got_it():
    reasons = [(entry.reason.value, entry.state.value) for entry in Practice().entries]

    assert reasons == [("own_subscription", "unused"), ("founded", "used")]
