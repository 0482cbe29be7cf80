from datetime import timedelta

import pytest

from groups.invitations.states import Delivery
from services.groups.tests.builders.practice import NOW, TERM, Practice

SENDING, DELIVERED, FAILED = Delivery


def invited():
    practice = Practice(licenses=1)
    return practice.firm, practice.invite_one()


@pytest.mark.proves("T17")
@pytest.mark.parametrize(("version", "state"), [(1, SENDING), (2, FAILED), (3, SENDING)])
def test_only_the_newest_mail_of_an_invitation_counts(version, state):
    firm, invitation = invited()
    invitation.resend(firm, NOW, TERM)

    invitation.mailed(version, FAILED, "550", NOW)

    assert invitation.delivery is state
    assert (invitation.delivery_reason, invitation.delivery_at) == (
        ("550", NOW) if state is FAILED else (None, None)
    )


def test_a_mail_that_was_taken_stays_so_whatever_is_heard_of_another_attempt():
    _, invitation = invited()
    invitation.mailed(1, FAILED, "timeout", NOW)
    invitation.mailed(1, DELIVERED, None, NOW + timedelta(minutes=1))

    invitation.mailed(1, FAILED, "timeout", NOW + timedelta(minutes=2))

    assert (invitation.delivery, invitation.delivery_reason) == (DELIVERED, None)


def test_sending_again_starts_anew():
    firm, invitation = invited()
    invitation.mailed(1, DELIVERED, None, NOW)

    invitation.resend(firm, NOW, TERM)

    assert (invitation.delivery, invitation.delivery_at) == (SENDING, None)
