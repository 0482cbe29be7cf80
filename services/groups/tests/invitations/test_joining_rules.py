from datetime import timedelta

import pytest

from groups.accounts.account import Kind
from groups.accounts.errors import EmailNotVerified
from groups.firms.events import FirmChanged, LicensePoolChanged
from groups.firms.states import LicenseState, Policy
from groups.invitations.errors import (
    AlreadyAMember,
    AlreadyInAFirm,
    ClientAccountCannotJoin,
    InvitationAlreadyAccepted,
    InvitationExpired,
    InvitationForOtherAddress,
    InvitationLinkReplaced,
    InvitationWasCancelled,
)
from groups.invitations.events import InvitationCancelled
from groups.invitations.states import InvitationStatus
from groups.members.events import MemberChanged, MemberJoined
from groups.members.permissions import Role
from groups.members.states import MemberStatus
from services.groups.tests.builders.practice import (
    NOW,
    TERM,
    Practice,
    a_link,
    an_account,
    said,
)  # fmt: skip


def invited(email="ben@example.com", role=Role.MEMBER, licenses=1):
    practice = Practice(licenses=licenses)
    return practice, practice.invite_one(role=role, email=email)


@pytest.mark.proves("S1-04", "S1-41")
def test_accepting_makes_a_member_who_uses_the_license_the_invitation_held():
    practice, invitation = invited(role=Role.ADMIN)
    account = an_account("ben@example.com", "Ben Okafor")

    member = practice.accept(invitation, account).result

    assert (member.name, member.role) == ("Ben Okafor", Role.ADMIN)
    assert member.license_id == invitation.license_id
    assert practice.license_of(member).state is LicenseState.USED
    pool = practice.firm.pool
    assert (pool.total, pool.unused, pool.held, pool.used) == (2, 0, 0, 2)


@pytest.mark.proves("S1-05")
def test_a_billing_only_member_holds_no_license():
    practice, invitation = invited(role=Role.BILLING_ONLY)

    assert practice.accept(invitation, an_account("ben@example.com")).result.license_id is None
    assert practice.firm.pool.used == 1


@pytest.mark.proves("S1-35")
def test_somebody_with_a_practice_of_their_own_joins_with_that_account_and_it_falls_asleep():
    practice, invitation = invited()
    own = Practice(account=an_account("ben@example.com"))

    changes = practice.accept(invitation, own.account, leaving=own)

    (joined,) = said(changes, MemberJoined)
    assert joined.account_id == own.account.account_id
    assert joined.left_firm_id == own.firm.id
    assert (joined.invitation_id, joined.firm_name) == (invitation.id, practice.firm.name)
    assert joined.invited_by_name == practice.founder.name
    (resting,) = said(changes, MemberChanged)
    assert (resting.member_id, resting.status) == (own.founder.id, MemberStatus.DORMANT)
    assert own.founder.permissions == frozenset()


def test_the_license_of_the_practice_left_behind_is_free_again():
    practice, invitation = invited()
    own = Practice(account=an_account("ben@example.com"))

    practice.accept(invitation, own.account, leaving=own)

    assert (own.firm.pool.total, own.firm.pool.unused, own.firm.pool.used) == (1, 1, 0)
    assert own.founder.license_id is None


def test_what_somebody_offered_in_the_practice_left_behind_is_withdrawn():
    practice, invitation = invited()
    own = Practice(licenses=2, account=an_account("ben@example.com"))
    theirs = own.invite_one()

    changes = practice.accept(invitation, own.account, leaving=own)

    assert theirs.status is InvitationStatus.CANCELLED
    assert len(said(changes, InvitationCancelled)) == 1
    assert (own.firm.pool.held, own.firm.pool.unused) == (0, 3)


def test_two_who_invited_each_other_cannot_both_join():
    ana = Practice(licenses=1, account=an_account("ana@example.com"))
    ben = Practice(licenses=1, account=an_account("ben@example.com"))
    to_ben = ana.invite_one(email="ben@example.com")
    to_ana = ben.invite_one(email="ana@example.com")

    ana.accept(to_ben, ben.account, leaving=ben)

    with pytest.raises(InvitationWasCancelled):
        ben.accept(to_ana, ana.account, leaving=ana)


def test_the_firm_is_no_longer_solo_and_says_so_once():
    practice, invitation = invited(licenses=2)
    third = practice.invite_one(email="cem@example.com")

    first = practice.accept(invitation, an_account("ben@example.com"))
    second = practice.accept(third, an_account("cem@example.com"))

    assert [event.solo for event in said(first, FirmChanged)] == [False]
    assert said(second, FirmChanged) == []


def test_somebody_whose_firm_has_other_members_must_leave_it_first():
    practice, invitation = invited()
    own, to_cem = invited("cem@example.com")
    own.account.email = own.founder.email = "ben@example.com"
    own.accept(to_cem, an_account("cem@example.com"))

    with pytest.raises(AlreadyInAFirm):
        practice.accept(invitation, own.account, leaving=own)


def test_a_member_of_the_firm_cannot_join_it_again():
    practice, invitation = invited()
    practice.account.email = "ben@example.com"

    with pytest.raises(AlreadyAMember):
        practice.accept(invitation, practice.account, leaving=practice)


@pytest.mark.proves("S1-29")
def test_a_clients_account_is_refused_aloud():
    practice, invitation = invited()

    with pytest.raises(ClientAccountCannotJoin):
        practice.accept(invitation, an_account("ben@example.com", kind=Kind.CLIENT))

    assert invitation.status is InvitationStatus.PENDING


def test_the_invitation_is_for_one_address_however_it_is_spelled():
    practice, invitation = invited("Ben@Münich.example")

    with pytest.raises(InvitationForOtherAddress):
        practice.accept(invitation, an_account("eve@example.com"))
    practice.accept(invitation, an_account("ben@xn--mnich-kva.example"))


def test_the_address_has_to_be_verified():
    practice, invitation = invited()

    with pytest.raises(EmailNotVerified):
        practice.accept(invitation, an_account("ben@example.com", verified=False))


@pytest.mark.proves("T10")
def test_accepting_after_expiry_is_refused_and_not_recorded_as_accepted():
    practice, invitation = invited()
    account = an_account("ben@example.com")

    with pytest.raises(InvitationExpired):
        practice.accept(invitation, account, at=invitation.expires_at)

    assert invitation.status is InvitationStatus.PENDING
    practice.accept(invitation, account, at=invitation.expires_at - timedelta(microseconds=1))


def test_an_invitation_is_good_for_one_membership():
    practice, invitation = invited()
    practice.accept(invitation, an_account("ben@example.com"))

    with pytest.raises(InvitationAlreadyAccepted):
        practice.accept(invitation, an_account("ben@example.com"))


@pytest.mark.proves("T05")
def test_an_older_mails_link_joins_nobody():
    practice, invitation = invited()
    older = a_link(invitation)
    invitation.resend(practice.firm, NOW, TERM)

    with pytest.raises(InvitationLinkReplaced):
        practice.accept(invitation, an_account("ben@example.com"), link=older)


@pytest.mark.proves("T03")
def test_while_accepting_nobody_counts_twice():
    practice, invitation = invited()
    before = practice.firm.pool.held + practice.firm.pool.used

    changes = practice.accept(invitation, an_account("ben@example.com"))

    (pool,) = said(changes, LicensePoolChanged)
    assert pool.held + pool.used == before == pool.total


def test_a_new_name_is_taken_over_and_said():
    practice = Practice()
    practice.account.name = "Ana Ruiz-Meyer"

    event = practice.founder.follow(practice.account, practice.firm)

    assert (event.name, event.version) == ("Ana Ruiz-Meyer", 2)
    assert practice.founder.follow(practice.account, practice.firm) is None


def test_renaming_a_firm_says_so_and_giving_the_same_name_says_nothing():
    firm = Practice().firm

    assert firm.rename("Ruiz & Partners").name == "Ruiz & Partners"
    assert firm.rename("Ruiz & Partners") is None


def test_another_policy_is_said_and_the_same_one_is_not():
    firm = Practice().firm

    assert firm.change_policy(Policy.GROUPS).policy is Policy.GROUPS
    assert firm.change_policy(Policy.GROUPS) is None
