from datetime import timedelta

import pytest

from chassis.errors import Conflict, Forbidden, NotFound, Unauthenticated
from chassis.ids import uuid7
from services.identity.tests.builders.people import at_once, codes, said, verify


def test_confirming_the_mailed_link_verifies_the_address_and_says_so(world, ann):
    token = ann.verification_token()

    assert verify(world, token) == {}

    assert ann.log_in()["account"]["email_verified"] is True
    (verified,) = said(world, "email_verified.v1", ann.account_id)
    assert (verified["email_verified"], verified["version"]) == (True, 2)


def test_several_mails_may_be_under_way_and_the_first_link_still_works(world, ann):
    first, second = ann.verification_token(), ann.verification_token()

    verify(world, first)

    with pytest.raises(Conflict) as refused:
        verify(world, second)
    assert refused.value.code == "link_revoked"


def test_a_link_works_once_but_a_repeated_call_is_answered_again(world, ann):
    token, key = ann.verification_token(), str(uuid7())
    verify(world, token, key=key)

    assert verify(world, token, key=key) == {}

    with pytest.raises(Conflict) as refused:
        verify(world, token)
    assert refused.value.code == "link_used"
    with pytest.raises(Conflict) as refused:
        verify(world, token + "x", key=key)
    assert refused.value.code == "idempotency_key_reused"
    assert len(said(world, "email_verified.v1", ann.account_id)) == 1


def test_of_five_clicks_at_once_one_spends_the_link(world, ann):
    token = ann.verification_token()

    outcomes = at_once(*[lambda: verify(world, token)] * 5)

    assert outcomes.count({}) == 1
    assert codes(outcomes) == ["link_used"] * 4
    assert len(said(world, "email_verified.v1", ann.account_id)) == 1


def test_a_link_is_refused_aloud_after_its_time(world, ann):
    in_time, too_late = ann.verification_token(), ann.verification_token()
    world.clock.advance(timedelta(days=3, seconds=5))

    for token in (in_time, too_late):
        with pytest.raises(Conflict) as refused:
            verify(world, token)
        assert refused.value.code == "link_expired"
    assert ann.log_in()["account"]["email_verified"] is False


def test_a_token_for_another_purpose_or_of_nobody_is_not_found(world, ann):
    for token in (ann.reset_token(), "no token of ours", "\u017e" * 20):
        with pytest.raises(NotFound) as refused:
            verify(world, token)
        assert refused.value.code == "link_not_found"


def test_the_verification_mail_can_be_asked_for_again_until_it_is_done(world, ann):
    token, key = ann.token(), str(uuid7())

    for _ in range(2):
        world.call("identity.resend_verification", as_=token, key=key)
    asked = {"account_id": ann.account_id, "email": ann.email, "name": "Ann Lee"}
    asked |= {"email_verified": False, "sign_up_id": None}
    assert said(world, "verification_requested.v1", ann.account_id) == [asked]

    verify(world, ann.verification_token())
    with pytest.raises(Conflict) as refused:
        world.call("identity.resend_verification", as_=token)
    assert refused.value.code == "email_already_verified"
    with pytest.raises(Conflict):
        ann.verification_token()


def test_only_the_mailing_service_gets_links(world, ann):
    for caller in (ann.token(), world.as_service("groups"), world.as_service("operator")):
        with pytest.raises(Forbidden):
            world.call("identity.issue_verification_link", as_=caller, account_id=ann.account_id)
        with pytest.raises(Forbidden):
            world.call("identity.issue_reset_link", as_=caller, request_id=str(uuid7()))
    with pytest.raises(Unauthenticated):
        world.call("identity.issue_verification_link", account_id=ann.account_id)


def test_a_mail_service_that_asks_again_under_its_key_gets_the_same_link(world, ann):
    mailer, key = world.as_service("notifications"), str(uuid7())
    asked = ann.request_reset()["request_id"]

    for message, about in (
        ("issue_verification_link", {"account_id": ann.account_id}),
        ("issue_reset_link", {"request_id": asked}),
    ):
        first = world.call(f"identity.{message}", as_=mailer, key=key, **about)
        again = world.call(f"identity.{message}", as_=mailer, key=key, **about)
        assert first == again
        other = dict.fromkeys(about, str(uuid7()))
        with pytest.raises(Conflict) as refused:
            world.call(f"identity.{message}", as_=mailer, key=key, **other)
        assert refused.value.code == "idempotency_key_reused"


def test_a_link_for_nobody_is_not_found(world):
    mailer = world.as_service("notifications")

    with pytest.raises(NotFound) as refused:
        world.call("identity.issue_verification_link", as_=mailer, account_id=str(uuid7()))
    assert refused.value.code == "account_not_found"
    with pytest.raises(NotFound) as refused:
        world.call("identity.issue_reset_link", as_=mailer, request_id=str(uuid7()))
    assert refused.value.code == "reset_request_not_found"
