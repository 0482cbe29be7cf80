import timeit
from datetime import timedelta
from uuid import uuid4

import jwt
import pytest

from chassis import clock
from chassis.auth import NOBODY, Actor
from chassis.keys import Keyring, ensure
from chassis.tokens import (
    PERSON,
    SERVICE,
    TokenExpired,
    TokenInvalid,
    TokenMissing,
    TokenSigner,
    TokenVerifier,
)

ANNA = {
    "account_id": uuid4(),
    "kind": "professional",
    "name": "Anna",
    "email": "anna@example.org",
    "verified": True,
    "session_id": uuid4(),
}


@pytest.fixture(autouse=True)
def _own_time():
    yield
    clock.reset()


@pytest.fixture(scope="module")
def keyring(tmp_path_factory):
    directory = tmp_path_factory.mktemp("keys")
    ensure(directory, ["identity", "billing", "operator"])
    return Keyring(directory)


@pytest.fixture
def verifier(keyring):
    return TokenVerifier(keyring)


@pytest.fixture
def identity(keyring):
    return TokenSigner(keyring, "identity")


def forged(keyring, signer="identity", typ=PERSON, algorithm="EdDSA", kid=None, **changes):
    now = int(clock.now().timestamp())
    claims = {"sub": str(ANNA["account_id"]), "kind": "professional", "sid": str(uuid4())}
    claims |= {"name": "Anna", "email": "a@example.org", "verified": True, "iss": signer}
    claims |= {"aud": "chambers", "iat": now, "nbf": now, "exp": now + 60} | changes
    claims = {name: value for name, value in claims.items() if value is not None}
    key = keyring.private(signer) if algorithm == "EdDSA" else "k" * 64
    return jwt.encode(claims, key, algorithm, {"typ": typ, "kid": kid or signer})


def test_a_persons_token_names_the_person(identity, verifier):
    actor = verifier.actor(identity.person(**ANNA, lifetime=600))

    assert actor == Actor(**ANNA)
    assert actor.idempotency_scope == f"account:{ANNA['account_id']}"


def test_a_services_token_names_the_service(keyring, verifier):
    actor = verifier.actor(TokenSigner(keyring, "billing").service())

    assert actor == Actor("service", service="billing")
    assert actor.idempotency_scope == "service:billing"


def test_without_a_token_it_is_nobody_unless_one_is_required(verifier):
    assert verifier.actor(None) == NOBODY
    assert NOBODY.idempotency_scope == "public"
    with pytest.raises(TokenMissing):
        verifier.actor(None, required=True)


def test_a_token_ends_at_its_expiry_even_when_it_is_remembered(identity, verifier):
    token = identity.person(**ANNA, lifetime=600)

    verifier.actor(token)
    clock.advance(timedelta(seconds=598))
    verifier.actor(token)
    clock.advance(timedelta(seconds=2))

    with pytest.raises(TokenExpired):
        verifier.actor(token)
    with pytest.raises(TokenExpired):
        verifier.actor(token)


def test_a_token_is_not_good_before_its_time_but_clocks_may_differ_a_little(keyring, verifier):
    now = int(clock.now().timestamp())

    assert verifier.actor(forged(keyring, nbf=now + 20, exp=now + 90)).name == "Anna"
    with pytest.raises(TokenInvalid):
        verifier.actor(forged(keyring, nbf=now + 60, exp=now + 90))


@pytest.mark.parametrize(
    "changes",
    [
        {"signer": "billing"},  # another service speaks for a person
        {"signer": "billing", "kid": "identity"},  # and says it was identity
        {"signer": "billing", "iss": "identity"},
        {"algorithm": "HS256"},
        {"aud": "elsewhere"},
        {"aud": None},
        {"exp": None},
        {"nbf": None},
        {"sub": "no uuid"},
        {"sub": 5},
        {"kind": "service"},
        {"kind": None},
        {"sid": None},
        {"exp": 10**30},
        {"exp": "soon"},
        {"typ": "JWT"},
        {"kid": "../identity"},
        {"kid": "nobody"},
        {"typ": SERVICE},  # a person's subject under a service's type
        {"signer": "billing", "typ": SERVICE, "sub": "identity"},
        {"signer": "billing", "typ": SERVICE, "sub": "identity", "iss": "identity"},
    ],
)
def test_a_false_token_is_refused_and_never_remembered(keyring, verifier, changes):
    token = forged(keyring, **changes)

    for _ in range(2):
        with pytest.raises(TokenInvalid):
            verifier.actor(token)
    assert not verifier._known


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é.é.é", "x" * 5000, 5, b"x", ["x"]])
def test_rubbish_is_a_false_token(verifier, token):
    with pytest.raises(TokenInvalid):
        verifier.actor(token)


def test_an_unsigned_token_is_refused(keyring, verifier):
    unsigned = jwt.encode({"sub": "x"}, None, "none", {"typ": PERSON, "kid": "identity"})

    with pytest.raises(TokenInvalid):
        verifier.actor(unsigned)


def test_a_changed_token_is_refused(identity, verifier):
    head, claims, signature = identity.person(**ANNA, lifetime=60).split(".")
    other = identity.person(**(ANNA | {"email": "eve@example.org"}), lifetime=60).split(".")[1]

    verifier.actor(f"{head}.{claims}.{signature}")
    with pytest.raises(TokenInvalid):
        verifier.actor(f"{head}.{other}.{signature}")


def test_a_service_token_is_kept_until_half_of_its_life_is_over(keyring):
    billing = TokenSigner(keyring, "billing")
    first = billing.service()

    clock.advance(timedelta(seconds=29))
    assert billing.service() == first
    clock.advance(timedelta(seconds=2))
    assert billing.service() != first
    clock.advance(timedelta(minutes=-5))
    assert TokenVerifier(keyring).actor(billing.service()).service == "billing"


def test_only_so_many_tokens_are_remembered(keyring, identity):
    verifier = TokenVerifier(keyring, remembered=2)
    tokens = [identity.person(**(ANNA | {"name": name}), lifetime=60) for name in "abc"]

    for token in (*tokens, tokens[0]):
        verifier.actor(token)

    assert list(verifier._known) == [tokens[2], tokens[0]]


def test_a_remembered_token_costs_microseconds(identity, verifier):
    token = identity.person(**ANNA, lifetime=60)

    # The best of many short runs: other programs share this machine.
    runs = timeit.repeat(lambda: verifier.actor(token), number=200, repeat=300)

    assert min(runs) / 200 < 5e-6
