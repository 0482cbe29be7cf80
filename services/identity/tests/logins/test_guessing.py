"""Guesses by others keep nobody out, and guessing stays slow."""

from datetime import timedelta

import pytest

from chassis.errors import RateLimited, Unauthenticated
from services.identity.tests.builders.people import PASSWORD, at_once, codes, register
from tests.support.logged import costs_of, logged

NEW = "another lamp and river"


@pytest.fixture
def known(world, ann):
    """Somebody with a proven address, and the token of the device they use."""
    return ann.verify(), ann.log_in()["device_token"]


def guess(person, **more):
    """How long the next pause is, after one more wrong guess."""
    with pytest.raises((Unauthenticated, RateLimited)) as refused:
        person.log_in(password="a guess", **more)
    return refused.value.details.get("retry_after")


def pause(person):
    """The seconds until an unknown device may try again; the attempt is not counted."""
    with pytest.raises(RateLimited) as refused:
        person.log_in()
    return refused.value.details["retry_after"]


@pytest.mark.proves("F106")
def test_a_stranger_who_guesses_at_each_end_of_the_pause_does_not_keep_the_owner_out(world, known):
    ann, device = known
    for _ in range(6):
        guess(ann)

    let_in = 0
    for _ in range(12):
        refused_for = pause(ann)  # the right password, from a device that nobody knows
        let_in += ann.log_in(device_token=device)["account"]["account_id"] == ann.account_id
        world.clock.advance(timedelta(seconds=refused_for))
        assert guess(ann) is None  # counted, and the next pause has begun

    assert let_in == 12
    assert pause(ann) > 200


@pytest.mark.proves("F106")
def test_a_reset_by_mail_gets_in_whatever_others_guess(world, known):
    ann, _ = known
    for _ in range(6):
        guess(ann)

    world.call("identity.reset_password", token=ann.reset_token(), new_password=NEW)

    ann.log_in(password=NEW)


@pytest.mark.proves("F106")
@pytest.mark.parametrize("on_a_known_device", [True, False])
def test_guesses_at_one_password_stay_few_however_long_they_go_on(world, known, on_a_known_device):
    ann, device = known
    more = {"device_token": device} if on_a_known_device else {}

    made, end = 0, world.clock.now() + timedelta(hours=1)
    while world.clock.now() < end:
        wait = guess(ann, **more)
        made += wait is None
        world.clock.advance(timedelta(seconds=wait or 0))

    assert 5 < made <= 25


def test_guesses_on_a_known_device_bind_it_alone(world, known):
    ann, device = known
    other = ann.log_in()["device_token"]

    outcomes = at_once(*[lambda: ann.log_in(password="a guess", device_token=device)] * 6)

    assert codes(outcomes) == ["email_or_password_wrong"] * 5 + ["too_many_attempts"]
    with pytest.raises(RateLimited):
        ann.log_in(device_token=device)
    ann.log_in(device_token=other)
    ann.log_in()


def test_the_right_password_on_a_known_device_wipes_no_count_of_strangers(world, known):
    ann, device = known
    at_once(*[lambda: ann.log_in(password="a guess")] * 6)

    ann.log_in(device_token=device)

    with pytest.raises(RateLimited):
        ann.log_in()


def test_a_device_keeps_its_token_and_is_one_device(world, ann):
    first = ann.log_in()

    again = ann.log_in(device_token=first["device_token"])
    other = ann.log_in()

    assert again["device_token"] == first["device_token"] != other["device_token"]
    logins = ann.logins(other["access_token"])["items"]
    known = [login["device_id"] for login in logins]
    assert known[1] == known[2] != known[0]


def test_a_device_is_known_to_its_own_account_only(world, known):
    _, device = known
    bob = register(world).verify()
    at_once(*[lambda: bob.log_in(password="a guess")] * 6)

    for token in (device, "no token of ours"):
        with pytest.raises(RateLimited):
            bob.log_in(device_token=token)


def test_a_device_token_lets_nobody_in_by_itself(world, known):
    ann, device = known

    with pytest.raises(Unauthenticated):
        ann.log_in(password="a guess", device_token=device)
    with pytest.raises(Unauthenticated):
        world.call("identity.who_am_i", as_=device)


def test_a_device_that_is_not_used_for_half_a_year_is_known_no_more(world, known):
    ann, device = known
    world.clock.advance(timedelta(days=179))
    ann.log_in(device_token=device)  # known for as long again
    world.clock.advance(timedelta(days=179))
    assert ann.log_in(device_token=device)["device_token"] == device

    world.clock.advance(timedelta(days=180, seconds=1))

    assert ann.log_in(device_token=device)["device_token"] != device


@pytest.mark.parametrize("by", ["a reset", "a change"])
def test_a_new_password_ends_what_devices_are_known_but_the_one_in_hand(world, known, by):
    ann, device = known
    here = ann.log_in()
    if by == "a reset":
        world.call("identity.reset_password", token=ann.reset_token(), new_password=NEW)
    else:
        world.call(
            "identity.change_password",
            as_=here["access_token"],
            current_password=PASSWORD,
            new_password=NEW,
        )

    known_still = [
        token
        for token in (device, here["device_token"])
        if ann.log_in(password=NEW, device_token=token)["device_token"] == token
    ]

    assert known_still == ([] if by == "a reset" else [here["device_token"]])


def test_a_login_costs_few_statements(world, known):
    ann, device = known

    with logged() as written:
        ann.log_in(device_token=device)

    [sent] = costs_of(written, "identity.log_in")
    assert sent["statements"] <= 15
