"""Inviting, through the running service."""

from uuid import uuid4

import pytest

from chassis.errors import BadRequest, Conflict, Forbidden, NotFound
from services.groups.tests.builders.firms import (
    a_firm,
    a_professional,
    buy,
    join,
    link_to,
    row,
    said,
)


@pytest.mark.proves("S1-15", "S1-28", "S1-30", "S1-31", "S1-45")
def test_an_invitation_holds_a_license_and_is_announced(world):
    admin = a_firm(world, licenses=2)

    (invitation,) = admin.invite(row("Ben@Example.com", "Ben", "admin", message="Join us"))

    assert invitation["status"] == "pending"
    assert admin.pool() == (3, 1, 1, 1)
    (event,) = said(world, "member_invited.v1", admin.firm_id())
    assert (event["email"], event["name"], event["role"]) == ("Ben@Example.com", "Ben", "admin")
    assert (event["message"], event["firm_name"]) == ("Join us", "Ana Ruiz")
    assert event["invited_by"] == {
        "account_id": str(admin.account_id), "name": admin.name, "email": admin.email,
        "email_verified": True,
    }  # fmt: skip


@pytest.mark.proves("S1-32")
def test_the_message_is_optional(world):
    (invitation,) = a_firm(world, licenses=1).invite(row())

    assert invitation["message"] is None


@pytest.mark.proves("S1-25", "S1-26", "T06")
def test_a_bulk_that_does_not_fit_is_refused_whole_and_says_how_many_are_missing(world):
    admin = a_firm(world, licenses=2)

    with pytest.raises(Conflict) as refused:
        admin.invite(*(row() for _ in range(5)))

    assert refused.value.code == "licenses_missing"
    assert refused.value.details == {"missing": 3, "needed": 5, "unused": 2}
    assert admin.pool() == (3, 2, 0, 1)
    assert said(world, "member_invited.v1", admin.firm_id()) == []


@pytest.mark.proves("S1-27")
def test_billing_only_is_invited_without_any_license(world):
    admin = a_firm(world)

    admin.invite(row(role="billing_only"))

    assert admin.pool() == (1, 0, 0, 1)


@pytest.mark.proves("T06")
def test_the_rows_that_cannot_be_invited_are_named(world):
    admin = a_firm(world, licenses=9)
    admin.invite(row("pending@example.com"))

    with pytest.raises(BadRequest) as refused:
        admin.invite(row(), row("PENDING@example.com"), row("a@b.example"), row("A@b.example"),
                     row(admin.email))  # fmt: skip

    assert refused.value.code == "people_refused"
    assert set(refused.value.details["fields"]) == {
        "people.1.email", "people.3.email", "people.4.email",
    }  # fmt: skip
    assert admin.pool() == (10, 8, 1, 1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "no address"}, "people.1.email"),
        ({"name": "  "}, "people.1.name"),
        ({"role": "owner"}, "people.1.role"),
        ({"message": "x" * 2_001}, "people.1.message"),
        ({"firm_id": "another"}, "people.1.firm_id"),
    ],
)
def test_a_malformed_row_is_named_and_nobody_is_invited(world, wrong, field):
    admin = a_firm(world, licenses=2)

    with pytest.raises(BadRequest) as refused:
        admin.invite(row(), row() | wrong)

    assert list(refused.value.details["fields"]) == [field]
    assert admin.pool()[2] == 0


@pytest.mark.parametrize("count", [0, 1_001])
def test_a_request_invites_between_one_and_a_thousand(world, count):
    with pytest.raises(BadRequest):
        a_firm(world).invite(*[row(role="billing_only")] * count)


@pytest.mark.proves("S1-22", "S1-23", "S1-24")
@pytest.mark.parametrize(
    ("role", "may"),
    [("admin", True), ("billing_only", True), ("member", False), ("practitioner", False)],
)
def test_admins_and_billing_only_members_invite_and_cancel_and_others_do_not(world, role, may):
    admin = a_firm(world, licenses=3)
    member = join(admin, role)
    (pending,) = admin.invite(row())
    attempts = [
        lambda: member.invite(row(role="billing_only")),
        lambda: member.call("resend_invitation", invitation_id=pending["invitation_id"]),
        lambda: member.call("cancel_invitation", invitation_id=pending["invitation_id"]),
    ]

    for attempt in attempts:
        if may:
            attempt()
        else:
            with pytest.raises(Forbidden) as refused:
                attempt()
            assert refused.value.code == "not_allowed"


@pytest.mark.proves("T18", "S1-29", "D5")
def test_inviting_answers_the_same_whether_or_not_the_address_has_an_account(world):
    admin = a_firm(world, licenses=3)
    known = a_professional(world, email=f"{uuid4().hex}@example.com")

    answers = admin.invite(row(known.email, "Same"), row(name="Same"))

    assert [{**one, "invitation_id": 0, "email": 0} for one in answers] == [
        {**answers[0], "invitation_id": 0, "email": 0}
    ] * 2


def test_the_same_key_invites_once(world):
    admin = a_firm(world, licenses=2)
    people = [row(), row()]

    first = admin.invite(*people, key="invite-once")
    again = admin.invite(*people, key="invite-once")

    assert again == first
    assert admin.pool() == (3, 0, 2, 1)
    assert len(said(world, "member_invited.v1", admin.firm_id())) == 2


@pytest.mark.proves("S1-43", "S1-44", "S1-46")
def test_a_cancelled_invitation_gives_its_license_back_and_its_link_joins_nobody(world):
    admin = a_firm(world, licenses=1)
    ben = a_professional(world, "Ben")
    (invitation,) = admin.invite(row(ben.email))
    token = link_to(world, invitation["invitation_id"])

    admin.call("cancel_invitation", invitation_id=invitation["invitation_id"])

    assert admin.pool() == (2, 1, 0, 1)
    for attempt in ("open_invitation", "accept_invitation"):
        with pytest.raises(Conflict) as refused:
            ben.call(attempt, token=token)
        assert refused.value.code == "invitation_cancelled"
    with pytest.raises(Conflict):
        link_to(world, invitation["invitation_id"])
    assert len(said(world, "invitation_cancelled.v1", admin.firm_id())) == 1
    admin.invite(row())


@pytest.mark.proves("T05", "Q1")
def test_sending_again_costs_no_license_renews_the_expiry_and_kills_the_older_link(world):
    admin = a_firm(world, licenses=1)
    ben = a_professional(world, "Ben")
    (invitation,) = admin.invite(row(ben.email))
    older = link_to(world, invitation["invitation_id"])

    again = admin.call("resend_invitation", invitation_id=invitation["invitation_id"])
    newer = [link_to(world, invitation["invitation_id"]) for _ in range(2)]

    assert again["expires_at"] > invitation["expires_at"]
    assert admin.pool() == (2, 0, 1, 1)
    (event,) = said(world, "invitation_resent.v1", admin.firm_id())
    assert event["version"] == 2
    with pytest.raises(Conflict) as refused:
        ben.call("accept_invitation", token=older)
    assert refused.value.code == "invitation_link_replaced"
    assert world.call("groups.open_invitation", token=newer[0])["email"] == ben.email
    ben.call("accept_invitation", token=newer[1])


def test_another_firms_invitation_is_answered_like_one_that_does_not_exist(world):
    admin, stranger = a_firm(world, licenses=1), a_firm(world)
    (invitation,) = admin.invite(row())

    for method in ("resend_invitation", "cancel_invitation"):
        answers = []
        for invitation_id in (invitation["invitation_id"], str(uuid4())):
            with pytest.raises(NotFound) as refused:
                stranger.call(method, invitation_id=invitation_id)
            said_of_it = refused.value.message.replace(invitation_id, "…")
            answers.append((refused.value.code, said_of_it, refused.value.details))
        assert answers[0] == answers[1]
    assert admin.pool()[2] == 1


def test_two_firms_can_invite_the_same_address(world):
    email = f"{uuid4().hex}@example.com"

    for _ in range(2):
        (invitation,) = a_firm(world, licenses=1).invite(row(email))
        assert invitation["status"] == "pending"


@pytest.mark.proves("S1-17")
def test_each_order_brings_its_licenses_once(world):
    admin = a_firm(world)
    order_id = buy(admin, 2)
    for _ in range(2):
        world.publish("billing", "licenses_purchased.v1", {
            "order_id": order_id, "firm_id": admin.firm_id(), "quantity": 2, "level": "gold",
            "purchased_at": world.clock.now(), "bought_by": admin.account_id,
            "paid_through": "2030-01-01",
        })  # fmt: skip
    buy(admin, 1)

    assert admin.pool() == (4, 3, 0, 1)


def test_only_the_mail_service_gets_links(world):
    admin = a_firm(world, licenses=1)
    (invitation,) = admin.invite(row())

    with pytest.raises(Forbidden):
        admin.call("issue_invitation_link", invitation_id=invitation["invitation_id"])
