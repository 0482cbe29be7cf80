"""How far an invitation's mail got, as those see it who manage members."""

from uuid import UUID, uuid4

import eventlet
import pytest

from chassis.inbox import inbox
from chassis.testing.world import eventually
from groups.invitations import storage
from groups.invitations.states import Delivery
from groups.invitations.tables import invitations
from services.groups.tests.builders.firms import a_firm, join, row

UNSENT = 9  # the version of a mail that the mail service, where it runs beside, never heard of


def awaiting_a_mail(world, invitation):
    """As if one more mail of it were on its way: what becomes of the others is old news."""
    mine = invitations.c.id == UUID(invitation["invitation_id"])
    awaited = {"version": UNSENT, "mailed_version": UNSENT, "delivery": Delivery.SENDING}
    with world.transaction("groups") as tx:
        tx.session.execute(invitations.update().where(mine).values(delivery_reason=None, **awaited))
    return invitation


def say(world, invitation, state, version=UNSENT, **more):
    """Let the mail service say how far the mail of that version got, and wait till it is heard."""
    data = {
        "mail_id": uuid4(), "kind": "invitation", "about_id": invitation["invitation_id"],
        "generation": str(version), "firm_id": None, "recipient": "x@example.com", "attempts": 1,
        "reason": "invalid_address", "state": "permanent_failure", "detail": "",
        f"{state}_at": world.clock.now(), **more,
    }  # fmt: skip
    event_type = f"email_{state}.v1"
    event_id = world.publish("notifications", event_type, data, subject=data["about_id"])

    def is_heard():
        with world.transaction("groups") as tx:
            done = inbox.select().where(inbox.c.event_id == event_id, inbox.c.state == "done")
            return tx.session.execute(done).all()

    eventually(is_heard)


def deliveries(viewer):
    """What list and overview show of each invitation."""
    shown = viewer.call("list_members")["items"]
    assert all(one["delivery"] is None for one in shown if one["member_id"])
    return [one["delivery"] for one in shown if one["invitation_id"]]


@pytest.mark.proves("T17", "Q13")
def test_a_bounced_mail_shows_on_the_pending_entry_to_those_who_manage_members(world):
    admin = a_firm(world, licenses=2)
    ben, payer = join(admin), join(admin, "billing_only")
    (invitation,) = admin.invite(row(f"{uuid4().hex}@example.com"))
    awaiting_a_mail(world, invitation)

    say(world, invitation, "failed")

    for manager in (admin, payer):
        (shown,) = deliveries(manager)
        assert (shown["state"], shown["at"] is None) == ("failed", False)
        assert shown["reason"] == "invalid_address"
        assert manager.overview()["members"][-1]["delivery"]["state"] == "failed"
    assert deliveries(ben) == [None]
    assert ben.overview()["members"][-1]["delivery"] is None


@pytest.mark.proves("T17")
def test_an_older_mails_news_change_nothing_of_the_newer_mails(world):
    admin = a_firm(world, licenses=1)
    (invitation,) = admin.invite(row(f"{uuid4().hex}@example.com"))
    admin.call("resend_invitation", invitation_id=invitation["invitation_id"])
    admin.call("resend_invitation", invitation_id=invitation["invitation_id"])
    awaiting_a_mail(world, invitation)

    say(world, invitation, "delivered", version=1)
    say(world, invitation, "delivered", version=2)
    assert deliveries(admin)[0]["state"] != "delivered"
    say(world, invitation, "delivered")
    say(world, invitation, "failed", version=2)

    (shown,) = deliveries(admin)
    assert (shown["state"], shown["reason"]) == ("delivered", None)


def test_news_of_other_mails_are_not_taken_for_an_invitations(world):
    admin = a_firm(world, licenses=1)
    (invitation,) = admin.invite(row(f"{uuid4().hex}@example.com"))
    awaiting_a_mail(world, invitation)

    say(world, invitation, "delivered", kind="invitation_expiring")
    say(world, {"invitation_id": str(uuid4())}, "delivered")

    assert deliveries(admin)[0]["state"] != "delivered"


def test_a_change_of_the_offered_role_leaves_the_news_of_its_mail_as_they_are(world):
    admin = a_firm(world, licenses=1)
    (invitation,) = admin.invite(row(f"{uuid4().hex}@example.com"))
    awaiting_a_mail(world, invitation)
    admin.call(
        "change_invitation_role", invitation_id=invitation["invitation_id"], role="billing_only"
    )

    say(world, invitation, "delivered")

    assert deliveries(admin)[0]["state"] == "delivered"


@pytest.mark.proves("T05", "T17")
def test_news_of_a_mail_that_come_as_it_is_sent_again_are_not_the_new_mails(world):
    admin = a_firm(world, licenses=1)
    (invitation,) = admin.invite(row(f"{uuid4().hex}@example.com"))
    awaiting_a_mail(world, invitation)

    with world.transaction("groups") as tx:
        storage.lock_invitation(tx.session, UUID(invitation["invitation_id"]))
        told = eventlet.spawn(say, world, invitation, "failed")
        eventlet.sleep(0.5)  # so that the news are next, and wait
        again = {"invitation_id": invitation["invitation_id"]}
        resent = eventlet.spawn(admin.call, "resend_invitation", **again)
        eventlet.sleep(0.5)
    resent.wait()
    told.wait()

    (shown,) = deliveries(admin)
    assert (shown["state"], shown["reason"]) != ("failed", "invalid_address")
