"""What many do at the same moment."""

from datetime import timedelta
from uuid import UUID

import eventlet
import pytest
import sqlalchemy as sa
from sqlalchemy.orm.exc import StaleDataError

from chassis.errors import ChassisError
from groups.firms import storage as firms
from groups.invitations import storage
from groups.invitations.tables import invitations
from services.groups.tests.builders.firms import a_firm, a_professional, join, link_to, row, said


def at_once(*calls):
    """The answers to all calls, made at the same moment; a refusal is its code."""

    def changes(call):
        try:
            return call()
        except ChassisError as refused:
            return refused.code

    return [thread.wait() for thread in [eventlet.spawn(changes, call) for call in calls]]


@pytest.mark.proves("T01")
def test_fifty_invite_with_the_last_license_and_one_succeeds(world):
    admin = a_firm(world, licenses=1)

    answers = at_once(*[lambda: admin.invite(row())] * 50)

    assert answers.count("licenses_missing") == 49
    assert admin.pool() == (2, 0, 1, 1)
    assert len(said(world, "member_invited.v1", admin.firm_id())) == 1


@pytest.mark.proves("T01")
def test_two_inviters_take_the_last_license_and_one_succeeds(world):
    admin = a_firm(world, licenses=2)
    other = join(admin, "admin")

    answers = at_once(lambda: admin.invite(row()), lambda: other.invite(row()))

    assert answers.count("licenses_missing") == 1
    assert admin.pool() == (3, 0, 1, 2)


def test_the_same_address_invited_twice_at_once_is_invited_once(world):
    admin = a_firm(world, licenses=9)
    ben = row()

    answers = at_once(*[lambda: admin.invite(ben)] * 10)

    assert answers.count("people_refused") == 9
    assert admin.pool() == (10, 8, 1, 1)


def test_twenty_with_one_key_are_one_invitation(world):
    admin = a_firm(world, licenses=2)
    ben = row()

    answers = at_once(*[lambda: admin.invite(ben, key="one")] * 20)

    assert len({answer[0]["invitation_id"] for answer in answers}) == 1
    assert admin.pool() == (3, 1, 1, 1)


@pytest.mark.proves("T03")
@pytest.mark.parametrize("_time", range(5))
def test_accepting_and_cancelling_at_once_is_one_or_the_other(world, _time):
    admin, ben = a_firm(world, licenses=1), a_professional(world)
    (invitation,) = admin.invite(row(ben.email))
    token = link_to(world, invitation["invitation_id"])

    accepted, cancelled = at_once(
        lambda: ben.call("accept_invitation", token=token),
        lambda: admin.call("cancel_invitation", invitation_id=invitation["invitation_id"]),
    )

    if isinstance(accepted, dict):
        assert cancelled == "invitation_already_accepted"
        assert admin.pool() == (2, 0, 0, 2)
    else:
        assert (accepted, cancelled["status"]) == ("invitation_cancelled", "cancelled")
        assert admin.pool() == (2, 1, 0, 1)


@pytest.mark.crowd
def test_six_hundred_invitations_and_what_they_leave(world):
    admin = a_firm(world, licenses=600)

    invited = admin.invite(*(row() for _ in range(600)))

    assert len({one["invitation_id"] for one in invited}) == 600
    assert admin.pool() == (601, 0, 600, 1)
    assert len(said(world, "member_invited.v1", admin.firm_id())) == 600
    world.clock.advance(timedelta(days=15))
    admin.invite(row())  # and all 600 that are overdue end in the same transaction
    assert admin.pool() == (601, 599, 1, 1)
    assert len(said(world, "invitation_expired.v1", admin.firm_id())) == 600


def test_what_is_known_of_an_invitation_must_be_current_to_change_it(world):
    admin = a_firm(world, licenses=1)
    (invited,) = admin.invite(row())
    firm_id = admin.firm_id()

    def cancel_what_changed_meanwhile():
        with world.transaction("groups") as tx:
            invitation = storage.lock_invitation(tx.session, UUID(invited["invitation_id"]))
            meanwhile = sa.update(invitations).where(invitations.c.id == invitation.id)
            tx.session.execute(
                meanwhile.values(version=invitations.c.version + 1),
                execution_options={"synchronize_session": False},
            )
            invitation.cancel(firms.lock_firm(tx.session, firm_id))

    with pytest.raises(StaleDataError):
        cancel_what_changed_meanwhile()

    assert admin.overview()["members"][1]["status"] == "pending"
