from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from chassis.errors import Conflict, Unauthenticated
from chassis.ids import uuid7
from chassis.keys import Keyring
from chassis.tokens import TokenExpired, TokenVerifier
from identity.tables import metadata
from services.identity.tests.builders.people import at_once, codes, said


def refresh(world, token, key=None):
    return world.call("identity.refresh", key=key, refresh_token=token)


def test_a_refresh_gives_a_new_pair_for_the_same_login(world, ann):
    login = ann.log_in()
    world.clock.advance(timedelta(minutes=11))

    fresh = refresh(world, login["refresh_token"])

    assert fresh["refresh_token"] != login["refresh_token"]
    assert fresh["account"] == login["account"]
    assert len(ann.logins(fresh["access_token"])["items"]) == 1
    with pytest.raises(Unauthenticated) as refused:
        world.call("identity.who_am_i", as_=login["access_token"])
    assert refused.value.code == "token_expired"


def test_a_refresh_token_used_twice_ends_the_login_for_both(world, ann):
    stolen = ann.log_in()["refresh_token"]
    owner = refresh(world, stolen)

    with pytest.raises(Unauthenticated) as refused:
        refresh(world, stolen)
    assert refused.value.code == "refresh_token_reused"

    with pytest.raises(Unauthenticated) as refused:
        refresh(world, owner["refresh_token"])
    assert refused.value.code == "session_ended"
    (revoked,) = said(world, "login_revoked.v1", ann.account_id)
    assert revoked["reason"] == "token_reused"


def test_of_two_that_refresh_at_the_same_moment_neither_keeps_the_login(world, ann):
    token = ann.log_in()["refresh_token"]

    outcomes = at_once(*[lambda: refresh(world, token)] * 2)

    assert "refresh_token_reused" in codes(outcomes)
    for found in outcomes:
        if isinstance(found, dict):
            with pytest.raises(Unauthenticated):
                refresh(world, found["refresh_token"])


def test_a_refresh_whose_answer_got_lost_is_answered_the_same(world, ann):
    login, key = ann.log_in(), str(uuid7())

    outcomes = at_once(*[lambda: refresh(world, login["refresh_token"], key)] * 4)
    outcomes.append(refresh(world, login["refresh_token"], key))

    assert all(found == outcomes[0] for found in outcomes)
    refresh(world, outcomes[0]["refresh_token"])
    assert said(world, "login_revoked.v1", ann.account_id) == []
    with pytest.raises(Conflict):
        refresh(world, "another token", key)


def test_a_login_unused_for_two_weeks_is_over(world, ann):
    used, unused = ann.log_in(), ann.log_in()
    world.clock.advance(timedelta(days=13))
    refresh(world, used["refresh_token"])
    world.clock.advance(timedelta(days=1, seconds=5))

    with pytest.raises(Unauthenticated) as refused:
        refresh(world, unused["refresh_token"])

    assert refused.value.code == "refresh_token_invalid"


def test_a_login_lasts_ninety_days_at_most(world, ann):
    login = ann.log_in()
    for _ in range(8):
        world.clock.advance(timedelta(days=11))
        login = refresh(world, login["refresh_token"])
    left = datetime.fromisoformat(login["refresh_expires_at"]) - world.clock.now()
    assert timedelta(days=1) < left <= timedelta(days=2)

    world.clock.advance(timedelta(days=2))

    with pytest.raises(Unauthenticated):
        refresh(world, login["refresh_token"])


def test_what_is_no_refresh_token_is_refused(world, ann):
    login = ann.log_in()
    for token in ("nothing of ours", login["access_token"][:200]):
        with pytest.raises(Unauthenticated) as refused:
            refresh(world, token)
        assert refused.value.code == "refresh_token_invalid"


@pytest.mark.proves("T20")
@pytest.mark.parametrize("ending", ["log_out", "reset_password"])
def test_an_ended_login_is_out_at_once_here_and_everywhere_within_one_token_lifetime(
    world, ann, ending
):
    login = ann.verify().log_in()
    elsewhere = TokenVerifier(Keyring(world.configuration.get("keys.directory")))
    elsewhere.actor(login["access_token"])

    if ending == "log_out":
        world.call("identity.log_out", as_=login["access_token"])
    else:
        world.call(
            "identity.reset_password",
            token=ann.reset_token(),
            new_password="another lamp and river",
        )

    with pytest.raises(Unauthenticated):
        refresh(world, login["refresh_token"])
    with pytest.raises(Unauthenticated) as refused:
        world.call("identity.who_am_i", as_=login["access_token"])
    assert refused.value.code == "session_ended"
    assert len(said(world, "login_revoked.v1", ann.account_id)) == 1
    world.clock.advance(timedelta(minutes=10))
    with pytest.raises(TokenExpired):
        elsewhere.actor(login["access_token"])


def test_logging_out_again_is_fine_and_ends_no_other_login(world, ann):
    one, other = ann.log_in(), ann.log_in()

    for _ in range(2):
        world.call("identity.log_out", as_=one["access_token"])

    assert len(said(world, "login_revoked.v1", ann.account_id)) == 1
    refresh(world, other["refresh_token"])


def test_ones_logins_are_listed_newest_first_page_by_page(world, ann):
    for _ in range(4):
        ann.log_in()
    here = ann.token()

    page = ann.logins(here, limit=3)
    rest = ann.logins(here, limit=3, cursor=page["next_cursor"])

    found = page["items"] + rest["items"]
    assert [len(page["items"]), len(rest["items"]), rest["next_cursor"]] == [3, 2, None]
    assert found == sorted(found, key=lambda login: login["session_id"], reverse=True)
    assert found[0]["session_id"] == page["current_session_id"]
    world.call("identity.log_out", as_=here)
    assert len(ann.logins(ann.token())["items"]) == 5


def test_no_secret_is_at_rest(world, ann):
    login = ann.log_in()
    secrets = [
        ann.password,
        login["access_token"],
        login["device_token"],
        login["refresh_token"],
        ann.verification_token(),
        ann.reset_token(),
    ]

    with world.transaction("identity") as tx:
        for table in metadata.sorted_tables:
            for row in tx.session.execute(sa.select(table)):
                stored = b" ".join(
                    part if isinstance(part, bytes) else str(part).encode() for part in row
                )
                assert not [secret for secret in secrets if secret.encode() in stored], table.name


def test_no_secret_is_in_the_log(world, ann, caplog):
    caplog.set_level("DEBUG")

    login = ann.verify().log_in()
    ann.log_in(device_token=login["device_token"])
    at_once(lambda: ann.log_in(password="a wrong guess at it"))
    refresh(world, login["refresh_token"])
    token = ann.reset_token()
    world.call("identity.reset_password", token=token, new_password="another lamp and river")

    secrets = [ann.password, "a wrong guess at it", "another lamp and river", token]
    secrets += [login["access_token"], login["refresh_token"], login["device_token"]]
    assert "identity" in caplog.text  # something was logged at all
    assert [secret for secret in secrets if secret in caplog.text] == []
