"""One machine cannot use up what all share, and nobody is believed about where they ask from."""

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from chassis.errors import RateLimited
from gateway.pace import KEPT, PACES, Pace, PacedCall
from gateway.peers import peer

PROXIES = {"10.0.0.1", "10.0.0.2"}


class Clock:
    now = 600.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def pace(clock):
    return Pace(clock)


def count(pace, times, who="192.0.2.1"):
    for _ in range(times):
        pace.count("sign_up", who)


def test_up_to_its_pace_an_address_may_ask_and_no_further(pace):
    count(pace, PACES["sign_up"])

    with pytest.raises(RateLimited) as refused:
        count(pace, 1)

    assert 1 <= refused.value.details["retry_after"] <= 60


def test_another_address_and_another_thing_have_counts_of_their_own(pace):
    count(pace, PACES["sign_up"])

    pace.count("sign_up", "192.0.2.2")
    pace.count("log_in", "192.0.2.1")


def test_who_waits_as_long_as_told_may_ask_again(pace, clock):
    clock.now += 30
    count(pace, PACES["sign_up"])
    with pytest.raises(RateLimited) as refused:
        count(pace, 1)

    clock.now += refused.value.details["retry_after"] + 6
    count(pace, 1)


def test_a_burst_over_the_turn_of_a_minute_is_still_one_burst(pace, clock):
    clock.now += 59
    count(pace, PACES["sign_up"])
    clock.now += 2

    with pytest.raises(RateLimited):
        count(pace, 2)


def test_counts_of_many_addresses_are_bounded(pace):
    for number in range(KEPT + 10):
        pace.count("any", str(number))

    assert len(pace._counts) == KEPT


def asks(remote, forwarded=None):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    builder = EnvironBuilder(headers=headers, environ_overrides={"REMOTE_ADDR": remote})
    return peer(Request(builder.get_environ()), PROXIES)


@pytest.mark.parametrize(
    ("remote", "forwarded", "believed"),
    [
        ("192.0.2.7", None, "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),  # not our proxy: an invention
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1"),  # the left one is the client's say
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "no address", "10.0.0.1"),
        ("10.0.0.1", None, "10.0.0.1"),
        ("2001:db8:1:2:3::4", None, "2001:0db8:0001:0002"),
        ("2001:db8:1:2:ffff::9", None, "2001:0db8:0001:0002"),
    ],
)
def test_an_address_is_that_of_the_line_or_what_our_own_proxy_says(remote, forwarded, believed):
    assert asks(remote, forwarded) == believed


def test_what_lets_somebody_in_is_counted_before_it_is_called(pace):
    called = []
    call = PacedCall(lambda *what, **_: called.append(what), pace, "192.0.2.1")
    for _ in range(PACES["log_in"]):
        call("identity", "log_in", {})

    with pytest.raises(RateLimited):
        call("identity", "log_in", {})

    assert len(called) == PACES["log_in"]
    call("groups", "get_firm_overview", {})
