from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from identity.accounts.account import Credential
from identity.accounts.errors import EmailOrPasswordWrong
from identity.logins.errors import RefreshTokenInvalid, RefreshTokenReused, SessionEnded
from identity.logins.events import EndReason
from identity.logins.login import LoginSession, RefreshToken

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)


def a_login():
    return LoginSession.start(uuid4(), uuid4(), NOW, 90 * DAY)


def a_token(login=None):
    return RefreshToken.issue("the token", login or a_login(), NOW, 14 * DAY)


def test_a_login_lasts_its_lifetime_however_often_it_is_used():
    login = a_login()

    login.use(NOW + 90 * DAY - INSTANT)

    with pytest.raises(SessionEnded):
        login.use(NOW + 90 * DAY)


def test_ending_a_login_says_which_and_why_and_does_it_once():
    login = a_login()

    revoked = login.end(EndReason.LOGGED_OUT, NOW)

    assert (revoked.session_id, revoked.account_id) == (login.id, login.account_id)
    assert revoked.reason == "logged_out"
    assert login.end(EndReason.LOGGED_OUT, NOW) is None
    with pytest.raises(SessionEnded):
        login.require_live(NOW)


def test_a_login_that_is_over_by_itself_needs_no_ending():
    assert a_login().end(EndReason.PASSWORD_RESET, NOW + 90 * DAY) is None


def test_a_refresh_token_is_taken_by_one_call_which_may_come_again():
    token = a_token()

    token.take("call one", NOW)
    token.take("call one", NOW)

    assert not token.is_taken_by_another("call one")
    assert token.is_taken_by_another("call two")
    with pytest.raises(RefreshTokenReused):
        token.take("call two", NOW)


def test_a_refresh_token_is_exchanged_once_and_only_by_the_call_that_took_it():
    token = a_token()
    token.take("call one", NOW)

    with pytest.raises(RefreshTokenReused):
        token.spend("call two", NOW)
    token.spend("call one", NOW)
    with pytest.raises(RefreshTokenReused):
        token.spend("call one", NOW)


def test_a_refresh_token_is_good_until_it_expires():
    a_token().take("call", NOW + 14 * DAY - INSTANT)

    with pytest.raises(RefreshTokenInvalid):
        a_token().take("call", NOW + 14 * DAY)


def test_a_refresh_token_never_outlives_its_login():
    login = a_login()

    late = RefreshToken.issue("token", login, NOW + 89 * DAY, 14 * DAY)

    assert late.expires_at == login.expires_at


def test_a_password_that_was_changed_since_it_was_verified_opens_nothing():
    credential = Credential(uuid4(), "hash one", NOW)
    credential.require_unchanged("hash one")

    credential.change("hash two", NOW + DAY)

    with pytest.raises(EmailOrPasswordWrong):
        credential.require_unchanged("hash one")


def test_a_stronger_hash_of_the_same_password_is_no_change():
    credential = Credential(uuid4(), "hash one", NOW)

    credential.strengthen(None)
    assert credential.password_hash == "hash one"
    credential.strengthen("stronger")

    assert (credential.password_hash, credential.changed_at) == ("stronger", NOW)
