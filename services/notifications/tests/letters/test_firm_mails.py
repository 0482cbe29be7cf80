"""Events of a firm's life in, mails out, on both stacks."""

from uuid import uuid4

import pytest

from chassis.testing.world import text_of
from services.notifications.tests.builders import samples
from services.notifications.tests.builders.asking import an_address, handled, mails_of
from services.notifications.tests.builders.changing import a_member


@pytest.mark.parametrize(
    ("source", "event_type", "event", "told"),
    [
        ("groups", "member_removed.v1", samples.removed(), "no longer open"),
        ("groups", "member_removed.v1", samples.removed() | {"reason": "left"}, "as you asked"),
        ("groups", "role_changed.v1", samples.role_changed(), "from member to admin"),
    ],
)
def test_a_member_is_told_what_happened_to_them(world, source, event_type, event, told):
    recipient = an_address()

    world.publish(source, event_type, {**event, "email": recipient})

    assert told in text_of(world.mail(recipient))


@pytest.mark.proves("T11")
def test_the_inviter_is_told_that_nobody_accepted(world):
    inviter = {"name": "Ada", "email": an_address()}

    expired = samples.invitation_expired(invited_by=inviter)
    world.publish("groups", "invitation_expired.v1", expired)

    assert "bo@example.org" in text_of(world.mail(inviter["email"]))


@pytest.mark.parametrize(
    ("event_type", "event", "told"),
    [
        ("licenses_expiring.v1", samples.licenses_expiring(), "Unused: 12"),
        ("licenses_lapsed.v1", samples.licenses_lapsed(), "have lapsed: 12"),
    ],
)
def test_news_of_licenses_go_to_those_who_manage_members_then(world, event_type, event, told):
    firm_id = uuid4()
    roles = ("admin", "billing_only", "member", "practitioner")
    admin, payer, *others = (a_member(world, firm_id, role) for role in roles)
    gone = a_member(world, firm_id, "admin")
    gone_event = {name: gone[name] for name in samples.joined()}
    gone_event |= {"status": "removed", "version": 2, "reason": "left"}
    handled(world, world.publish("groups", "member_removed.v1", gone_event))

    handled(world, world.publish("groups", event_type, {**event, "firm_id": firm_id}))

    for member in (admin, payer):
        assert told in text_of(world.mail(member["email"]))
    assert [mails_of(world, member["email"]) for member in others] == [[], []]
    assert [mail.kind for mail in mails_of(world, gone["email"])] == ["left"]


@pytest.mark.proves("T22")
def test_each_receiver_is_told_how_many_clients_are_theirs_now(world):
    admin = a_member(world, role="admin")
    bo = a_member(world, admin["firm_id"])
    stranger = a_member(world)
    members = (admin, bo, stranger)
    handed = samples.handed_over(
        firm_id=admin["firm_id"],
        by_account_id=admin["account_id"],
        receivers=[samples.receiver(member_id=member["member_id"]) for member in members],
    )

    handled(world, world.publish("clients", "clients_handed_over.v1", handed))

    assert "12 clients" in text_of(world.mail(bo["email"]))
    assert mails_of(world, admin["email"]) == mails_of(world, stranger["email"]) == []


@pytest.mark.parametrize(
    ("event_type", "event", "told"),
    [
        ("statement_issued.v1", samples.statement(), "March 2027"),
        ("payment_overdue.v1", samples.overdue(), "works as before"),
        ("payment_overdue.v1", samples.overdue() | {"stage": "suspended"}, "are suspended"),
    ],
)
def test_billings_mails_go_to_whom_billing_names(world, event_type, event, told):
    recipients = [{"name": "Zoë", "email": an_address()}]

    world.publish("billing", event_type, {**event, "recipients": recipients})

    assert told in text_of(world.mail(recipients[0]["email"]))


def test_a_connection_that_is_withdrawn_mails_nobody_any_more(world):
    request = samples.connection_requested(email=an_address())

    asked = world.publish("clients", "connection_requested.v1", request)
    handled(world, asked)
    (mail,) = mails_of(world, request["email"])

    assert (mail.kind, mail.recipient_name) == ("connection_request", "Zoë Ångström")
    handled(world, world.publish("clients", "connection_withdrawn.v1", request))
    assert world.mails(request["email"]) == []
