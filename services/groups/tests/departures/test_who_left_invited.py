"""Invitations by somebody who leaves: shown beforehand, taken back, or the firm's own."""

from datetime import timedelta
from uuid import uuid4

import pytest

from chassis.errors import NotFound
from chassis.testing.world import eventually, link_in, text_of
from groups.members.errors import NotAllowed
from services.groups.tests.builders.firms import (
    a_firm,
    a_professional,
    join,
    link_to,
    member_id,
    refusal,
    remove,
    row,
    said,
    sweep,
)
from services.groups.tests.previews.test_previews import preview


@pytest.fixture
def admin(world):
    """The admin of a firm called Big Firm LLP, with licenses to give."""
    admin = a_firm(world, licenses=6)
    admin.call("rename_firm", name="Big Firm LLP")
    return admin


def shown(admin, person):
    answer = preview(admin, "removal", member_id=member_id(person))
    return answer["invitations_pending"], [
        (one["invitation_id"], one["role"], one["resembles"]) for one in answer["invitations"]
    ]


def delivery_of(admin, invitation):
    people = admin.call("list_members")["items"]
    (found,) = [one for one in people if one["invitation_id"] == invitation["invitation_id"]]
    return found["delivery"]["state"]


def test_before_a_member_is_removed_the_invitations_they_sent_are_named_the_worst_first(admin):
    ben = join(admin, "admin", name="Ben Okafor")
    plain, own, as_admin = ben.invite(
        row(name="Cem"),
        row(f"{ben.email.split('@')[0]}@gmail.example", "B. O."),
        row(name="Dana", role="admin"),
    )
    admin.invite(row(name="By somebody else"))

    assert shown(admin, ben) == (
        3,
        [
            (own["invitation_id"], "member", ["same_local_part"]),
            (as_admin["invitation_id"], "admin", []),
            (plain["invitation_id"], "member", []),
        ],
    )
    assert shown(admin, join(admin, name="Eva")) == (0, [])


def test_the_chosen_are_cancelled_with_the_removal_and_the_rest_stays(world, admin):
    ben = join(admin, "admin")
    gone, stays = ben.invite(row(), row())
    token = link_to(world, gone["invitation_id"])

    answer = remove(admin, ben, cancel_invitations={"ids": [gone["invitation_id"]]})

    assert answer["invitations_cancelled"] == 1
    assert admin.pool() == (7, 5, 1, 1)
    code = refusal(Exception, lambda: world.call("groups.open_invitation", token=token))
    assert code == "invitation_cancelled"
    offer = world.call("groups.open_invitation", token=link_to(world, stays["invitation_id"]))
    assert (offer["invited_by_name"], offer["message"]) == ("Big Firm LLP", None)


@pytest.mark.parametrize(("chosen", "cancelled"), [({"all": True}, 2), (None, 0), ({}, 0)])
def test_all_or_none_are_cancelled_where_that_is_said(admin, chosen, cancelled):
    ben = join(admin, "admin")
    ben.invite(row(), row())

    assert remove(admin, ben, cancel_invitations=chosen)["invitations_cancelled"] == cancelled
    assert len(said(admin.world, "invitation_cancelled.v1", admin.firm_id())) == cancelled
    firms_own = said(admin.world, "invitation_changed.v1", admin.firm_id())
    assert [one["inviter_left"] for one in firms_own] == [True] * (2 - cancelled)


def test_an_invitation_of_somebody_else_or_of_another_firm_is_not_found(world, admin):
    ben = join(admin, "admin")
    (mine,) = admin.invite(row())
    (foreign,) = a_firm(world, licenses=1).invite(row())

    for invitation_id in (mine["invitation_id"], foreign["invitation_id"], uuid4()):
        chosen = {"ids": [invitation_id]}
        removing = lambda chosen=chosen: remove(admin, ben, cancel_invitations=chosen)  # noqa: E731
        assert refusal(NotFound, removing) == "invitation_not_found"
    assert ben.overview()["viewer"]["role"] == "admin"


def test_who_leaves_without_managing_members_cancels_nothing(admin):
    ben = join(admin, "member")

    leaving = lambda: remove(ben, ben, cancel_invitations={"all": True})  # noqa: E731
    assert refusal(Exception, leaving) == NotAllowed.code


@pytest.mark.together
def test_mails_of_an_invitation_by_who_left_go_out_in_the_firms_name(world, admin):
    ben = join(admin, "admin", name="Ben Okafor")
    (invitation,) = ben.invite(row(name="Cem", message="Ask me anything."))
    first = world.mail(invitation["email"])
    assert first["Reply-To"].addresses[0].addr_spec == ben.email
    eventually(lambda: delivery_of(admin, invitation) == "delivered")
    remove(admin, ben)

    admin.call("resend_invitation", invitation_id=invitation["invitation_id"])

    again = eventually(lambda: world.mails(invitation["email"])[1:])[0]
    assert "Big Firm LLP invites you" in again["Subject"]
    assert again["Reply-To"] is None
    for trace in ("Ben", ben.email, "Ask me anything", "Reply to this mail"):
        assert trace not in text_of(again)
    token = link_in(again, "/invitations")
    cem = a_professional(world, "Cem", email=invitation["email"])
    cem.call("accept_invitation", token=token)
    welcome = text_of(world.mail(cem.email, "now a member"))
    assert "Ben" not in welcome


@pytest.mark.together
def test_the_reminder_of_an_invitation_by_who_left_names_the_firm(world, admin):
    ben = join(admin, "admin", name="Ben Okafor")
    (invitation,) = ben.invite(row(name="Cem"))
    eventually(lambda: delivery_of(admin, invitation) == "delivered")
    remove(admin, ben)

    world.clock.advance(timedelta(days=7, minutes=1))
    sweep(world)

    reminder = world.mail(invitation["email"], "Links in earlier mails")
    assert "Ben" not in text_of(reminder)
    assert reminder["Reply-To"] is None


@pytest.mark.together
def test_that_an_invitation_by_who_left_expired_is_told_to_who_stays(world, admin):
    ben = join(admin, "admin", name="Ben Okafor")
    (invitation,) = ben.invite(row(name="Nobody Yet"))
    remove(admin, ben)

    world.clock.advance(timedelta(days=15))
    sweep(world)

    told = text_of(world.mail(admin.email, "Nobody Yet"))
    assert "The invitation of Nobody Yet" in told
    assert not [mail for mail in world.mails(ben.email) if "Nobody Yet" in text_of(mail)]
    assert invitation["status"] == "pending"


def test_a_mail_of_an_invitation_tells_the_role_that_is_offered_when_it_leaves(world, admin):
    (invitation,) = admin.invite(row(role="member"))
    admin.call(
        "change_invitation_role", invitation_id=invitation["invitation_id"], role="billing_only"
    )

    issued = world.call(
        "groups.issue_invitation_link",
        as_=world.as_service("notifications"),
        invitation_id=invitation["invitation_id"],
    )

    assert (issued["role"], issued["firm_name"]) == ("billing_only", "Big Firm LLP")
    assert (issued["invited_by_name"], issued["invited_by_email"]) == (admin.name, admin.email)
