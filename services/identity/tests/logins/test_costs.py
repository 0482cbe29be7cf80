"""With passwords hashed at their full cost: what logging in does to the process and tells by time.

Each limit is far from what is measured, so that a busy machine does not matter.
"""

import statistics
import time
from functools import partial

import eventlet
import pytest

from chassis.errors import Unavailable
from chassis.testing.world import running
from identity.passwords.before import Passwords
from identity.settings import KEYS
from services.identity.tests.builders.people import (
    PASSWORD,
    an_email,
    at_once,
    codes,
    forget_attempts,
    register,
)

pytestmark = pytest.mark.heavy

FULL = {key.name: str(key.default) for key in KEYS if key.name.startswith("argon2")}


@pytest.fixture(scope="module")
def costly(request):
    """Identity alone, on the embedded stack, with the hash as it is in earnest."""
    settings = {f"CHAMBERS_IDENTITY_{name.upper()}": value for name, value in FULL.items()}
    settings["CHAMBERS_IDENTITY_HASH_WAIT"] = "60s"  # places and turns; that waits end, see below
    with running("embedded", ["identity"], **settings) as world:
        yield world


def seconds(work):
    started = time.perf_counter()
    at_once(work)
    return time.perf_counter() - started


def overlap(one, other):
    """Whether the middle of each lies between the ends of the other."""

    def within(sample, span):
        low, *_, high = statistics.quantiles(span, n=20)
        return low <= statistics.median(sample) <= high

    return within(one, other) and within(other, one)


@pytest.mark.parametrize("message", ["log_in", "register", "request_password_reset"])
def test_a_known_and_an_unknown_address_take_the_same_time(costly, message):
    ann = register(costly)
    more = {
        "log_in": {"password": "not the password"},
        "register": {"password": PASSWORD, "name": "Somebody", "kind": "client"},
        "request_password_reset": {},
    }[message]
    known, unknown = [], []
    for _ in range(20):
        for email, sample in ((ann.email, known), (an_email(), unknown)):
            ask = partial(costly.call, f"identity.{message}", email=email, **more)
            sample.append(seconds(ask))
        forget_attempts(costly)

    assert overlap(known, unknown), (statistics.median(known), statistics.median(unknown))


def test_twenty_logins_at_once_all_get_their_turn(costly):
    people = [register(costly) for _ in range(20)]

    outcomes = at_once(*[person.log_in for person in people])

    assert [found["account"]["email"] for found in outcomes] == [one.email for one in people]


class Container:
    """As much of a nameko container as the dependency reads at setup."""

    service_name = "identity"

    def __init__(self, **settings):
        values = {key.name: key.read(key.default) for key in KEYS} | settings
        self.config = {"chambers": self}
        self.service = lambda name: values


def a_hasher(**settings):
    passwords = Passwords()
    passwords.container = Container(**settings)
    passwords.setup()
    return passwords


def ticks_during(work):
    """How often something else gets to run while `work` does, and what the work returns."""
    ticks, done = [], []

    def tick():
        while not done:
            eventlet.sleep(0.002)
            ticks.append(1)

    ticking = eventlet.spawn(tick)
    result = work()
    done.append(True)
    ticking.wait()
    return len(ticks), result


def test_hashing_does_not_stall_the_process():
    passwords = a_hasher(argon2_time_cost=4, hash_wait=60.0)

    def twenty_logins():
        return at_once(*[lambda: passwords.verify(PASSWORD, None)] * 20)

    ticks, outcomes = ticks_during(twenty_logins)

    assert outcomes == [False] * 20
    # In the hub itself, each of the twenty would let it turn once.
    assert ticks > 3 * 20


def test_who_waits_too_long_for_a_turn_is_told_to_come_back():
    passwords = a_hasher(hash_threads=1, hash_wait=0.01, argon2_time_cost=20)

    outcomes = at_once(*[lambda: passwords.hash(PASSWORD)] * 4)

    assert codes(outcomes) == ["hashing_busy"] * 3
    assert all(found.kind == Unavailable.kind for found in outcomes if not isinstance(found, str))
    passwords.hash(PASSWORD)  # every turn was given back


def test_a_hash_names_its_cost_and_tells_no_two_alike():
    passwords = a_hasher()

    one, other = passwords.hash(PASSWORD), passwords.hash(PASSWORD)

    assert one.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert one != other
    assert passwords.verify(PASSWORD, one)
    assert not passwords.verify("another password", one)
    assert not passwords.verify(PASSWORD, None)
    assert not passwords.verify(PASSWORD, "no hash at all")
    assert passwords.rehash(PASSWORD, one) is None


def test_a_password_typed_in_another_composition_is_the_same():
    passwords = a_hasher(argon2_memory_kib=64, argon2_time_cost=1)

    assert passwords.verify("cafe\u0301 au lait", passwords.hash("caf\u00e9 au lait"))
