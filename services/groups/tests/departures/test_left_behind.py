from uuid import uuid4

import pytest

from groups.departures.left_behind import Cancelling, Resemblance, resemblances, worst_first
from groups.departures.removal import Clients
from groups.firms.states import LicenseState
from groups.invitations.errors import InvitationNotFound
from groups.invitations.events import InvitationCancelled, InvitationChanged
from groups.invitations.states import InvitationStatus
from groups.members.errors import NotAllowed
from groups.members.permissions import Role
from services.groups.tests.builders.practice import NOW, Practice, a_person, act, said


@pytest.fixture
def practice():
    return Practice(licenses=6)


def sent_by(practice, member, *people):
    """Invitations that the member has sent."""
    invitations = practice.invite(*people).result
    for invitation in invitations:
        invitation.inviter_account_id = member.account_id
        invitation.inviter_name, invitation.inviter_email = member.name, member.email
    return invitations


def go(practice, member, cancelling=Cancelling(), by=None, also=()):  # noqa: B008 - it is frozen
    removal = practice.removal(member, by=by)
    held = [(one, practice.license_of(one)) for one in also]
    mine = [one for one in practice.held() if one[0].inviter_account_id == member.account_id]
    removal.sent = [*mine, *held]
    return removal.remove(Clients(keep=True), act(NOW), cancelling)


def test_what_a_leaver_has_sent_goes_on_in_the_firms_name(practice):
    ben = practice.join(Role.ADMIN)
    (invitation,) = sent_by(practice, ben, a_person(message="I look forward to you."))

    changes = go(practice, ben)

    assert invitation.status is InvitationStatus.PENDING
    (event,) = said(changes, InvitationChanged)
    assert (event.inviter_left, event.version) == (True, 2)
    signed = invitation.signed_by("Ruiz & Co")
    assert (signed.name, signed.email, signed.message) == ("Ruiz & Co", None, None)
    assert practice.license_of(invitation).state is LicenseState.HELD


def test_what_others_have_sent_stays_as_it_is(practice):
    ben = practice.join(Role.ADMIN)
    (invitation,) = practice.invite(a_person()).result

    go(practice, ben)

    assert not invitation.inviter_left
    assert invitation.signed_by("Ruiz & Co").name == practice.founder.name


def test_the_chosen_ones_are_taken_back_and_their_licenses_are_free(practice):
    ben = practice.join(Role.ADMIN)
    one, other = sent_by(practice, ben, a_person(), a_person())

    changes = go(practice, ben, Cancelling(ids=frozenset({one.id})))

    assert (one.status, other.status) == (InvitationStatus.CANCELLED, InvitationStatus.PENDING)
    assert practice.license_of(one).state is LicenseState.UNUSED
    assert other.inviter_left
    assert len(said(changes, InvitationCancelled)) == changes.result.invitations_cancelled == 1


def test_all_of_them_can_be_taken_back(practice):
    ben = practice.join(Role.ADMIN)
    invitations = sent_by(practice, ben, a_person(), a_person())

    changes = go(practice, ben, Cancelling(all=True))

    assert {one.status for one in invitations} == {InvitationStatus.CANCELLED}
    assert changes.result.invitations_cancelled == 2


def test_one_that_ended_between_looking_and_choosing_is_left_as_it_is(practice):
    ben = practice.join(Role.ADMIN)
    (accepted,) = sent_by(practice, ben, a_person())
    accepted.status = InvitationStatus.ACCEPTED

    changes = go(practice, ben, Cancelling(ids=frozenset({accepted.id})), also=[accepted])

    assert accepted.status is InvitationStatus.ACCEPTED
    assert changes.result.invitations_cancelled == 0


def test_an_id_that_is_no_invitation_of_the_leavers_stops_the_removal(practice):
    ben = practice.join(Role.ADMIN)

    with pytest.raises(InvitationNotFound):
        go(practice, ben, Cancelling(ids=frozenset({uuid4()})))


@pytest.mark.parametrize(("role", "refused"), [(Role.MEMBER, True), (Role.BILLING_ONLY, False)])
def test_who_leaves_takes_invitations_back_only_as_somebody_who_manages_members(
    practice, role, refused
):
    ben = practice.join(role)
    sent_by(practice, ben, a_person())

    assert go(practice, practice.join(role), by=practice.founder)
    if refused:
        with pytest.raises(NotAllowed):
            go(practice, ben, Cancelling(all=True), by=ben)
    else:
        assert go(practice, ben, Cancelling(all=True), by=ben)


SAME_LOCAL_PART, SAME_NAME = Resemblance


@pytest.mark.parametrize(
    ("email", "name", "found"),
    [
        ("ben.okafor@gmail.example", "Somebody", (SAME_LOCAL_PART,)),
        ("Ben-Okafor+work@other.example", "Somebody", (SAME_LOCAL_PART,)),
        ("ben.o@other.example", "Somebody", ()),
        ("x@other.example", "OKAFOR Ben", (SAME_NAME,)),
        ("x@other.example", "Ben Okafor Junior", ()),
        ("benokafor@other.example", "Ben Okafor", (SAME_LOCAL_PART, SAME_NAME)),
    ],
)
def test_an_address_of_the_leavers_own_is_suspected_by_local_part_and_by_name(
    practice, email, name, found
):
    ben = practice.join()
    ben.name, ben.email = "Ben Okafor", "ben.okafor@firm.example"
    (invitation,) = sent_by(practice, ben, a_person(email, name))

    assert resemblances(invitation, ben) == found


def test_the_leavers_own_come_first_and_then_those_as_admin(practice):
    ben = practice.join()
    ben.name, ben.email = "Ben Okafor", "ben.okafor@firm.example"
    plain, admin, own = sent_by(
        practice,
        ben,
        a_person(name="Cem"),
        a_person(name="Dana", role=Role.ADMIN),
        a_person("ben.okafor@gmail.example", "B"),
    )

    shown = worst_first([plain, admin, own], ben)

    assert [one.invitation for one in shown] == [own, admin, plain]
