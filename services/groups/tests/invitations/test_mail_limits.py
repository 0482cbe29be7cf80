"""Invitations go to people who have not asked: a few from who does not pay, none from unproven."""

from datetime import timedelta
from uuid import uuid4

import pytest

from chassis import clock
from chassis.errors import BadRequest, Forbidden, RateLimited
from chassis.ids import uuid7
from chassis.testing.world import eventually
from groups.accounts import storage as accounts
from services.groups.tests.builders.firms import (
    Person,
    a_firm,
    join,
    refusal,
    row,
    said,
)

TRIAL = 20  # mails a day, without paid licenses
SAME = 5  # of them to one address


@pytest.fixture(autouse=True)
def at_noon(world):
    """Far from the end of a day, in UTC."""
    now = clock.now()
    clock.advance(timedelta(days=1, hours=12 - now.hour, minutes=-now.minute))


def billing_only(quantity):
    """People whose invitation takes no license."""
    return [row(role="billing_only") for _ in range(quantity)]


def limited(call):
    with pytest.raises(RateLimited) as refused:
        call()
    assert refused.value.code == "rate_limited"
    return refused.value.details


def invited(admin):
    return len(said(admin.world, "member_invited.v1", admin.firm_id()))


@pytest.mark.proves("F112")
def test_five_hundred_strangers_in_one_call_are_refused_whole(world):
    admin = a_firm(world)

    details = limited(lambda: admin.invite(*billing_only(500)))

    assert (details["limit"], details["most"]) == ("account", TRIAL)
    assert (details["left"], details["needed"]) == (TRIAL, 500)
    assert 0 < details["retry_after"] <= 12 * 3_600
    assert invited(admin) == 0


@pytest.mark.proves("F112")
def test_a_firm_that_does_not_pay_mails_a_few_strangers_a_day(world):
    admin = a_firm(world)
    admin.invite(*billing_only(TRIAL - 1))

    assert limited(lambda: admin.invite(*billing_only(2)))["left"] == 1
    admin.invite(*billing_only(1))
    details = limited(lambda: admin.invite(*billing_only(1)))

    assert invited(admin) == TRIAL
    shortly = timedelta(minutes=10)  # time goes on by itself, too
    clock.advance(timedelta(seconds=details["retry_after"]) - shortly)
    limited(lambda: admin.invite(*billing_only(1)))
    clock.advance(shortly)
    admin.invite(*billing_only(1))


def test_a_firm_that_pays_takes_in_a_practice_at_once(world):
    admin = a_firm(world, licenses=120)

    admin.invite(*(row() for _ in range(120)), *billing_only(10))

    assert invited(admin) == 130


@pytest.mark.proves("F114")
def test_an_invitation_is_sent_again_a_few_times_a_day_and_no_more(world):
    admin = a_firm(world, licenses=2)
    (invitation,) = admin.invite(row())
    again = {"invitation_id": invitation["invitation_id"]}

    refusals = 0
    for _ in range(40):
        try:
            admin.call("resend_invitation", **again)
        except RateLimited as refused:
            refusals += 1
            details = refused.details

    assert refusals == 40 - (SAME - 1)
    assert (details["limit"], details["most"]) == ("recipient", SAME)
    assert len(said(world, "invitation_resent.v1", admin.firm_id())) == SAME - 1
    admin.invite(row())
    clock.advance(timedelta(seconds=details["retry_after"]))
    admin.call("resend_invitation", **again)


@pytest.mark.proves("F114")
def test_cancelling_and_inviting_again_is_another_mail_to_the_same_person(world):
    admin = a_firm(world, licenses=2)
    email = f"{uuid4().hex}@example.com"
    for spelling in (email, email.upper(), email.title(), email, email):
        (invitation,) = admin.invite(row(spelling))
        admin.call("cancel_invitation", invitation_id=invitation["invitation_id"])

    assert limited(lambda: admin.invite(row(email)))["limit"] == "recipient"


def test_an_idempotent_repetition_is_counted_once(world):
    admin = a_firm(world)
    key, people = str(uuid7()), billing_only(TRIAL)

    first = admin.invite(*people, key=key)

    assert admin.invite(*people, key=key) == first
    assert invited(admin) == TRIAL


def test_what_is_refused_for_another_reason_is_not_counted(world):
    admin = a_firm(world)
    assert refusal(BadRequest, lambda: admin.invite(*billing_only(19), row(admin.email)))

    admin.invite(*billing_only(TRIAL))


def test_changing_a_pending_role_mails_nobody_and_counts_nothing(world):
    admin = a_firm(world, licenses=2)
    (invitation,) = admin.invite(row())
    for role in ("admin", "member") * SAME:
        admin.call("change_invitation_role", role=role, invitation_id=invitation["invitation_id"])

    admin.call("resend_invitation", invitation_id=invitation["invitation_id"])


def test_the_preview_refuses_what_inviting_would_refuse(world):
    admin = a_firm(world)

    def preview(*people):
        return world.call(
            "groups.preview_invitations", as_=world.as_service("clients"),
            account_id=admin.account_id, people=list(people),
        )  # fmt: skip

    foreseen = limited(lambda: preview(*billing_only(TRIAL + 1)))
    assert foreseen["left"] == TRIAL
    assert preview(*billing_only(TRIAL))["missing"] == 0
    assert preview(*(row() for _ in range(100)))["missing"] == 100  # who buys them, pays
    assert limited(lambda: admin.invite(*billing_only(TRIAL + 1)))["needed"] == TRIAL + 1


def unverified(world, **more):
    """A founder who has not opened the mail."""
    return Person(world, verified=False, **more).arrived()


@pytest.mark.together
@pytest.mark.proves("F112")
def test_an_unverified_account_mails_nobody(world):
    ana = unverified(world)

    assert refusal(Forbidden, lambda: ana.invite(row(role="billing_only"))) == "email_not_verified"
    asked = {"account_id": ana.account_id, "people": billing_only(1)}
    asked["as_"] = world.as_service("clients")
    code = refusal(Forbidden, lambda: world.call("groups.preview_invitations", **asked))
    assert code == "email_not_verified"


@pytest.mark.together
@pytest.mark.proves("F112")
def test_an_unverified_account_sends_nothing_again(world):
    admin = a_firm(world, licenses=2)
    (invitation,) = admin.invite(row())
    admin.verified = False
    with world.transaction("groups") as tx:  # as an invitation from before the rule
        accounts.get_account(tx.session, admin.account_id).email_verified = False

    again = {"invitation_id": invitation["invitation_id"]}
    code = refusal(Forbidden, lambda: admin.call("resend_invitation", **again))
    assert code == "email_not_verified"


def test_who_has_just_verified_may_invite_by_a_token_from_before(world):
    ana = unverified(world)
    ana.announce(version=2, email_verified=True)

    def heard():
        with world.transaction("groups") as tx:
            return accounts.get_account(tx.session, ana.account_id).email_verified

    eventually(heard)
    ana.invite(row(role="billing_only"))


def test_members_of_one_firm_share_its_limit(world):
    admin = a_firm(world, licenses=2)
    colleague = join(admin, "admin")
    email = f"{uuid4().hex}@example.com"
    (invitation,) = admin.invite(row(email))
    for person in (admin, colleague, admin, colleague):
        person.call("resend_invitation", invitation_id=invitation["invitation_id"])

    again = {"invitation_id": invitation["invitation_id"]}
    assert limited(lambda: colleague.call("resend_invitation", **again))["limit"] == "recipient"


@pytest.mark.proves("F112")
@pytest.mark.parametrize(
    "name",
    [
        "https://evil.example/prize",
        "Claim your prize at www.evil.example/win NOW",
        "WWW.EVIL.EXAMPLE",
        "ceo@bank.example",
        "Prize: evil.example/x",
        "t.co/x",
        "\uff57\uff57\uff57\uff0eevil.example",
    ],
)
def test_a_name_with_an_address_in_it_is_refused(world, name):
    admin = a_firm(world)

    for field, call in (
        ("name", lambda: admin.call("rename_firm", name=name)),
        ("people.0.name", lambda: admin.invite(row(name=name, role="billing_only"))),
    ):
        with pytest.raises(BadRequest) as refused:
            call()
        assert refused.value.details["fields"] == {
            field: ["Must not hold a web or e-mail address."]
        }


@pytest.mark.parametrize(
    "name", ["Booking.com", "Dr.med. Weiß", "Berg / Holm", "A. Meyer/B. Schulz", "Weiß & Co. KG"]
)
def test_other_names_are_taken(world, name):
    assert a_firm(world).call("rename_firm", name=name)["name"] == name
