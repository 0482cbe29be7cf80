from datetime import timedelta
from uuid import UUID

import eventlet
import pytest
from argon2 import PasswordHasher

from chassis.addresses import address_key
from chassis.errors import Conflict, RateLimited, Unauthenticated
from chassis.ids import uuid7
from chassis.keys import Keyring
from chassis.links import fingerprint
from chassis.tokens import TokenVerifier
from identity.accounts.account import Details
from identity.accounts.storage import lock_account, lock_with_credential
from identity.passwords.storage import lock_throttle
from services.identity.tests.builders.people import an_email, at_once, codes, register


@pytest.mark.parametrize("kind", ["professional", "client"])
def test_logging_in_says_who_one_is_and_the_token_says_the_same(world, kind):
    person = register(world, kind=kind)

    login = person.log_in(email=f" {person.email.upper()} ")

    assert login["account"]["account_id"] == person.account_id
    assert (login["account"]["kind"], login["account"]["email"]) == (kind, person.email)
    verifier = TokenVerifier(Keyring(world.configuration.get("keys.directory")))
    actor = verifier.actor(login["access_token"])
    assert (str(actor.account_id), actor.kind) == (person.account_id, kind)
    assert (actor.email, actor.name, actor.verified) == (person.email, "Ann Lee", False)
    account = world.call("identity.who_am_i", as_=login["access_token"])
    assert account == login["account"]


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(world, ann):
    refusals = []
    for fields in ({"password": "lamp river seven dogs"}, {"email": an_email()}):
        with pytest.raises(Unauthenticated) as refused:
            ann.log_in(**fields)
        refusals.append((refused.value.code, refused.value.message, refused.value.details))

    assert refusals[0] == refusals[1]
    assert refusals[0][0] == "email_or_password_wrong"


def test_guesses_are_slowed_down_for_known_and_unknown_addresses_alike(world, ann):
    for email in (ann.email, an_email()):
        outcomes = at_once(*[lambda email=email: ann.log_in(email=email, password="a guess")] * 8)

        assert codes(outcomes) == ["email_or_password_wrong"] * 5 + ["too_many_attempts"] * 3
        assert {found.details.get("retry_after") for found in outcomes} <= {None, 1, 2}


def test_the_owner_gets_in_after_the_pause_and_starts_afresh(world, ann):
    at_once(*[lambda: ann.log_in(password="a guess")] * 6)
    with pytest.raises(RateLimited):
        ann.log_in()

    world.clock.advance(timedelta(seconds=2))
    ann.log_in()

    assert (
        codes(at_once(*[lambda: ann.log_in(password="a guess")] * 5))
        == ["email_or_password_wrong"] * 5
    )


def test_one_person_may_log_in_in_several_places_at_once(world, ann):
    for _ in range(3):
        assert codes(at_once(*[ann.log_in] * 4)) == []

    assert len(ann.logins(ann.token())["items"]) == 13


def test_a_login_that_waits_for_a_change_of_the_account_tells_of_it(world, ann):
    with world.transaction("identity") as tx:
        account = lock_account(tx.session, UUID(ann.account_id))
        waiting = eventlet.spawn(ann.log_in)
        eventlet.sleep(0.5)
        tx.emit(account.describe(Details(account.kind, "Ann Berg")))

    assert waiting.wait()["account"]["name"] == "Ann Berg"


def test_the_same_login_again_under_its_key_is_answered_the_same(world, ann):
    key = str(uuid7())

    first, again = ann.log_in_under(key), ann.log_in_under(key)

    assert first == again
    assert len(ann.logins(first["access_token"])["items"]) == 1
    with pytest.raises(Conflict) as refused:
        world.call("identity.log_in", key=key, email=ann.email, password="another password")
    assert refused.value.code == "idempotency_key_reused"


def test_a_password_hashed_at_another_cost_is_hashed_anew_when_it_is_given(world, ann):
    weak = PasswordHasher(time_cost=1, memory_cost=32, parallelism=1).hash(ann.password)
    with world.transaction("identity") as tx:
        _, credential = lock_with_credential(tx.session, UUID(ann.account_id))
        credential.strengthen(weak)

    ann.log_in()

    with world.transaction("identity") as tx:
        _, credential = lock_with_credential(tx.session, UUID(ann.account_id))
    assert credential.password_hash.startswith("$argon2id$v=19$m=64,t=1,p=1$")
    ann.log_in()


def test_an_attempt_does_not_tell_its_address_at_rest(world):
    email = an_email()
    at_once(lambda: world.call("identity.log_in", email=email, password="a guess"))

    with world.transaction("identity") as tx:
        counted = lock_throttle(tx.session, f"guess:{fingerprint(address_key(email))}", tx.now)
        assert counted.attempts == 1
