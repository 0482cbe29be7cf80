"""Mailed links of an unproven address: guesses, repetitions and races."""

import pytest

from chassis.errors import BadRequest, Conflict, NotFound, RateLimited, Unauthenticated
from chassis.ids import uuid7
from services.identity.tests.builders.people import (
    PASSWORD,
    STRANGERS,
    at_once,
    closed,
    codes,
    log_in,
    owners_link,
    sign_up_beside,
    verify,
)

NEW = "another lamp and river"


def test_guesses_with_a_mailed_link_are_slowed_down_and_bind_nobody_else(world, stranger):
    token, other = stranger.verification_token(), owners_link(world, stranger)

    outcomes = at_once(*[lambda: verify(world, token, "a wrong guess at it")] * 8)

    assert codes(outcomes) == ["email_or_password_wrong"] * 5 + ["too_many_attempts"] * 3
    with pytest.raises(RateLimited):
        verify(world, token, STRANGERS)
    verify(world, other, PASSWORD)


def test_a_poor_new_password_is_refused_and_spends_no_link(world, stranger):
    fields = {"token": stranger.verification_token(), "kind": "client", "name": "Ann"}

    with pytest.raises(BadRequest) as refused:
        world.call("identity.verify_email", new_password="too short", **fields)
    assert list(refused.value.details["fields"]) == ["new_password"]
    world.call("identity.verify_email", new_password=NEW, **fields)


def test_the_same_proof_again_under_its_key_makes_one_account(world, stranger):
    fields = {"token": owners_link(world, stranger), "password": PASSWORD}
    key = str(uuid7())

    for _ in range(2):
        assert world.call("identity.verify_email", key=key, **fields) == {}

    assert len(closed(world, stranger.account_id)) == 1
    with pytest.raises(Conflict) as refused:
        world.call("identity.verify_email", **fields)
    assert refused.value.code == "link_used"


def test_of_several_links_opened_at_once_one_decides(world, stranger):
    links = [(stranger.verification_token(), STRANGERS)]
    links += [(owners_link(world, stranger), PASSWORD) for _ in range(3)]

    outcomes = at_once(*(lambda one=one: verify(world, *one) for one in links))

    assert outcomes.count({}) == 1
    assert codes(outcomes) == ["link_revoked"] * 3
    password = links[outcomes.index({})][1]
    assert log_in(world, stranger.email, password)["account"]["email_verified"] is True


def test_no_login_outlives_the_account_that_it_began_in(world, stranger):
    link = owners_link(world, stranger)

    def stay():
        return log_in(world, stranger.email, STRANGERS)

    *logins, _ = at_once(*[stay] * 5, lambda: verify(world, link, PASSWORD))

    for login in logins:
        if isinstance(login, dict):
            with pytest.raises(Unauthenticated):
                world.call("identity.refresh", refresh_token=login["refresh_token"])


def test_a_sign_up_that_is_none_of_the_account_gets_no_link(world, stranger, ann):
    theirs = sign_up_beside(world, stranger.account_id, stranger.email)

    for sign_up_id in (theirs, str(uuid7())):
        with pytest.raises(NotFound) as refused:
            ann.verification_token(sign_up_id=sign_up_id)
        assert refused.value.code == "sign_up_not_found"
