from datetime import timedelta

import pytest
import sqlalchemy as sa

from chassis.errors import BadRequest, Conflict, Unauthenticated
from chassis.ids import uuid7
from chassis.testing.world import eventually
from identity.tables import metadata
from services.identity.tests.builders.people import PASSWORD, an_email, at_once, codes, said

NEW = "another lamp and river"


@pytest.fixture
def ann(ann):
    """Their address is proven: what a reset does before that is in test_sign_ups.py."""
    return ann.verify()


def change(world, token, current=PASSWORD, new=NEW, key=None):
    return world.call(
        "identity.change_password",
        as_=token,
        key=key,
        current_password=current,
        new_password=new,
    )


def reset(world, token, new=NEW, key=None):
    return world.call("identity.reset_password", key=key, token=token, new_password=new)


def test_changing_the_password_keeps_this_login_and_ends_the_others(world, ann):
    here, other = ann.log_in(), ann.log_in()

    change(world, here["access_token"])

    world.call("identity.refresh", refresh_token=here["refresh_token"])
    with pytest.raises(Unauthenticated):
        world.call("identity.refresh", refresh_token=other["refresh_token"])
    with pytest.raises(Unauthenticated):
        ann.log_in()
    ann.log_in(password=NEW)
    (changed,) = said(world, "password_changed.v1", ann.account_id)
    assert (changed["email"], changed["name"]) == (ann.email, "Ann Lee")
    (revoked,) = said(world, "login_revoked.v1", ann.account_id)
    assert revoked["reason"] == "password_changed"


def test_the_same_change_again_under_its_key_changes_nothing(world, ann):
    token, key = ann.token(), str(uuid7())

    for _ in range(2):
        assert change(world, token, key=key) == {}

    assert len(said(world, "password_changed.v1", ann.account_id)) == 1
    with pytest.raises(Conflict) as refused:
        change(world, token, new="yet another lamp", key=key)
    assert refused.value.code == "idempotency_key_reused"


def test_the_present_password_must_be_right_and_guessing_it_is_slowed_down(world, ann):
    token = ann.token()

    outcomes = at_once(*[lambda: change(world, token, current="a guess")] * 6)

    assert codes(outcomes) == ["email_or_password_wrong"] * 5 + ["too_many_attempts"]
    assert said(world, "password_changed.v1", ann.account_id) == []


@pytest.mark.parametrize("new", ["too short", "password2024!", "1" * 129])
def test_a_poor_new_password_is_refused_on_both_ways(world, ann, new):
    token = ann.reset_token()

    for attempt in (lambda: change(world, ann.token(), new=new), lambda: reset(world, token, new)):
        with pytest.raises(BadRequest) as refused:
            attempt()
        assert list(refused.value.details["fields"]) == ["new_password"]
    reset(world, token)  # the link was not spent by the refusals


def test_two_changes_at_once_do_not_both_hold(world, ann):
    token = ann.token()

    outcomes = at_once(
        lambda: change(world, token, new="lamp river number one"),
        lambda: change(world, token, new="lamp river number two"),
    )

    assert outcomes.count({}) == 1
    assert codes(outcomes) == ["email_or_password_wrong"]


def test_a_reset_ends_every_login(world, ann):
    login = ann.log_in()

    reset(world, ann.reset_token())

    with pytest.raises(Unauthenticated):
        world.call("identity.refresh", refresh_token=login["refresh_token"])
    assert ann.log_in(password=NEW)["account"]["account_id"] == ann.account_id
    assert len(said(world, "password_changed.v1", ann.account_id)) == 1


def test_a_reset_lets_an_owner_in_whom_guesses_keep_waiting(world, ann):
    at_once(*[lambda: ann.log_in(password="a guess")] * 6)

    reset(world, ann.reset_token())

    ann.log_in(password=NEW)


def test_several_reset_mails_may_be_under_way_until_one_is_used(world, ann):
    first, second = ann.reset_token(), ann.reset_token()

    reset(world, first)

    for token, code in ((first, "link_used"), (second, "link_revoked")):
        with pytest.raises(Conflict) as refused:
            reset(world, token)
        assert refused.value.code == code


def test_of_several_resets_at_once_one_sets_the_password(world, ann):
    token = ann.reset_token()
    news = [f"lamp and river {number}" for number in range(4)]

    outcomes = at_once(*(lambda new=new: reset(world, token, new) for new in news))

    assert outcomes.count({}) == 1
    assert codes(outcomes) == ["link_used"] * 3
    ann.log_in(password=news[outcomes.index({})])


def test_the_same_reset_again_under_its_key_is_answered_the_same(world, ann):
    token, key = ann.reset_token(), str(uuid7())

    assert reset(world, token, key=key) == reset(world, token, key=key) == {}

    assert len(said(world, "password_changed.v1", ann.account_id)) == 1
    with pytest.raises(Conflict) as refused:
        reset(world, token, new="yet another lamp", key=key)
    assert refused.value.code == "idempotency_key_reused"


def test_a_reset_link_lasts_an_hour(world, ann):
    token = ann.reset_token()
    world.clock.advance(timedelta(hours=1, seconds=5))

    with pytest.raises(Conflict) as refused:
        reset(world, token)
    assert refused.value.code == "link_expired"


def test_asking_for_a_reset_again_under_its_key_asks_once(world, ann):
    key = str(uuid7())

    for _ in range(2):
        answer = world.call("identity.request_password_reset", key=key, email=ann.email)
        assert answer == {"status": "check_mail"}

    ann.request_reset()  # those before it are answered first
    assert len(ann.resets()) == 2
    with pytest.raises(Conflict):
        world.call("identity.request_password_reset", key=key, email=an_email())


def test_an_unknown_address_gets_the_same_answer_and_is_forgotten(world, ann):
    email = an_email()

    answer = world.call("identity.request_password_reset", email=email)

    assert answer == {"status": "check_mail"}
    ann.request_reset()
    with world.transaction("identity") as tx:
        requests = metadata.tables["reset_requests"]
        assert not tx.session.scalar(sa.select(requests).where(requests.c.email_key == email))


def test_a_reset_asked_for_in_another_spelling_goes_to_the_address_as_registered(world, ann):
    world.call("identity.request_password_reset", email=ann.email.upper())

    assert eventually(ann.resets)[0]["email"] == ann.email


@pytest.mark.parametrize("closing", ["changed", "late"])
def test_a_reset_mail_that_leaves_too_late_gets_no_link(world, ann, closing):
    asked = ann.request_reset()
    if closing == "changed":
        change(world, ann.token())
    else:
        world.clock.advance(timedelta(days=1, seconds=5))

    with pytest.raises(Conflict) as refused:
        world.call(
            "identity.issue_reset_link",
            as_=world.as_service("notifications"),
            request_id=asked["request_id"],
        )
    assert refused.value.code == "reset_request_closed"


def test_changing_the_password_kills_reset_links_that_are_under_way(world, ann):
    token = ann.reset_token()
    change(world, ann.token())

    with pytest.raises(Conflict) as refused:
        reset(world, token, new="yet another lamp")
    assert refused.value.code == "link_revoked"
