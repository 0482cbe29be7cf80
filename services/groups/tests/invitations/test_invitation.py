from datetime import timedelta

import pytest

from chassis.links import fingerprint
from groups.firms.events import LicensePoolChanged
from groups.firms.license import Reason
from groups.firms.states import LicenseState
from groups.invitations import ending
from groups.invitations.errors import (
    InvitationAlreadyAccepted,
    InvitationExpired,
    InvitationLinkReplaced,
    InvitationWasCancelled,
)
from groups.invitations.events import InvitationCancelled, InvitationLapsed
from groups.invitations.states import InvitationStatus
from groups.members.permissions import Role
from services.groups.tests.builders.practice import (
    NOW,
    TERM,
    Practice,
    a_link,
    a_person,
    act,
    an_account,
    said,
)  # fmt: skip

INSTANT = timedelta(microseconds=1)


def cancel(practice, invitation):
    license = practice.license_of(invitation)
    return ending.cancel(practice.firm, invitation, license, act())


@pytest.mark.proves("S1-43", "S1-44")
def test_cancelling_frees_the_license_for_somebody_else():
    practice = Practice(licenses=1)
    invitation = practice.invite_one()
    license = practice.license_of(invitation)

    changes = cancel(practice, invitation)

    assert license.state is LicenseState.UNUSED
    assert len(said(changes, InvitationCancelled)) == 1
    assert practice.license_of(practice.invite_one()) is license


def test_cancelling_a_billing_only_invitation_frees_no_license():
    practice = Practice(licenses=1)

    changes = cancel(practice, practice.invite_one(role=Role.BILLING_ONLY))

    assert said(changes, LicensePoolChanged) == []
    assert practice.firm.pool.unused == 1


@pytest.mark.proves("S1-46")
def test_the_link_of_a_cancelled_invitation_joins_nobody():
    practice = Practice(licenses=1)
    invitation = practice.invite_one(email="ben@example.com")
    cancel(practice, invitation)

    with pytest.raises(InvitationWasCancelled):
        practice.accept(invitation, an_account("ben@example.com"))


def test_cancelling_twice_is_refused_and_frees_one_license():
    practice = Practice(licenses=1)
    invitation = practice.invite_one()
    cancel(practice, invitation)

    with pytest.raises(InvitationWasCancelled):
        cancel(practice, invitation)

    assert practice.firm.pool.unused == 1


def test_an_accepted_invitation_cannot_be_cancelled():
    practice = Practice(licenses=1)
    invitation = practice.invite_one(email="ben@example.com")
    practice.accept(invitation, an_account("ben@example.com"))

    with pytest.raises(InvitationAlreadyAccepted):
        cancel(practice, invitation)


def test_the_license_of_an_invitation_that_outlived_its_year_disappears_on_cancelling():
    practice = Practice()
    practice.buy(1, paid_through=NOW.date())
    invitation = practice.invite_one()

    late = act(NOW + timedelta(days=1))
    ending.cancel(practice.firm, invitation, practice.license_of(invitation), late)

    assert practice.license_of(invitation).state is LicenseState.LAPSED
    assert (practice.firm.pool.total, practice.firm.pool.unused) == (1, 0)


@pytest.mark.proves("T05")
def test_sending_again_keeps_the_license_renews_the_expiry_and_kills_older_links():
    practice = Practice(licenses=1)
    invitation = practice.invite_one()
    license_id, older = invitation.license_id, a_link(invitation)
    later = NOW + timedelta(days=10)

    event = invitation.resend(practice.firm, later, TERM)

    assert invitation.license_id == license_id
    assert (practice.firm.pool.held, practice.firm.pool.unused) == (1, 0)
    assert event.expires_at == later + TERM
    invitation.require_current(a_link(invitation), later)
    with pytest.raises(InvitationLinkReplaced):
        invitation.require_current(older, later)


def test_several_links_of_one_sending_all_work():
    invitation = Practice(licenses=1).invite_one()

    first, second = (invitation.issue_link(token, NOW) for token in ("one", "two"))

    invitation.require_current(first, NOW)
    invitation.require_current(second, NOW)


def test_of_a_token_only_its_fingerprint_is_kept():
    link = Practice(licenses=1).invite_one().issue_link("secret-token", NOW)

    assert link.token_hash == fingerprint("secret-token")
    assert "secret-token" not in repr(link)


@pytest.mark.proves("T10")
def test_an_invitation_is_open_until_the_instant_it_expires():
    invitation = Practice(licenses=1).invite_one()

    invitation.require_open(invitation.expires_at - INSTANT)
    with pytest.raises(InvitationExpired):
        invitation.require_open(invitation.expires_at)


def test_expiry_frees_the_license_and_says_so():
    practice = Practice(licenses=1)
    invitation = practice.invite_one()

    changes = ending.expire_all(practice.firm, practice.held(), act(invitation.expires_at))

    assert invitation.status is InvitationStatus.EXPIRED
    assert len(said(changes, InvitationLapsed)) == 1
    assert practice.firm.pool.unused == 1
    assert changes.history[0].reason is Reason.INVITATION_EXPIRED


def test_expiry_leaves_what_is_not_overdue():
    practice = Practice(licenses=1)
    invitation = practice.invite_one()

    changes = ending.expire_all(
        practice.firm, practice.held(), act(invitation.expires_at - INSTANT)
    )

    assert (changes.events, changes.history) == ([], [])
    assert invitation.status is InvitationStatus.PENDING


@pytest.mark.proves("T10")
def test_a_dead_invitation_does_not_block_a_new_one():
    practice = Practice(licenses=1)
    dead = practice.invite_one(email="ben@example.com")
    ending.expire_all(practice.firm, practice.held(), act(dead.expires_at))

    again = practice.invite(a_person("ben@example.com"), at=dead.expires_at).result[0]

    assert again.status is InvitationStatus.PENDING


def test_an_expired_invitation_can_be_taken_out_of_the_list_and_frees_nothing_more():
    practice = Practice(licenses=1)
    dead = practice.invite_one()
    ending.expire_all(practice.firm, practice.held(), act(dead.expires_at))

    cancel(practice, dead)

    assert dead.status is InvitationStatus.CANCELLED
    assert practice.firm.pool.unused == 1


def test_an_expired_invitation_is_not_sent_again():
    practice = Practice(licenses=1)
    dead = practice.invite_one()
    ending.expire_all(practice.firm, practice.held(), act(dead.expires_at))

    with pytest.raises(InvitationExpired):
        dead.resend(practice.firm, dead.expires_at, TERM)


def test_every_change_raises_the_version():
    practice = Practice(licenses=1)
    invitation = practice.invite_one()

    versions = [invitation.invited(practice.firm).version]
    versions.append(invitation.resend(practice.firm, NOW, TERM).version)
    versions.append(invitation.cancel(practice.firm).version)

    assert versions == [1, 2, 3]
