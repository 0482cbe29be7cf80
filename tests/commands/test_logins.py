"""A login is kept between commands, for its owner alone, and no password is ever an argument."""

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from chassis.cli.logins import Kept, LoginOver, file_of
from chassis.config import Configuration
from chassis.errors import Unauthenticated

PASSWORD = "correct horse battery staple"


@pytest.fixture
def data(up):
    return up


@pytest.fixture
def state(tmp_path):
    return tmp_path / "state"


@pytest.fixture
def chambers(chambers, state):
    def run(*arguments, **settings):
        return chambers(*arguments, **{"XDG_STATE_HOME": str(state), **settings})

    return run


@pytest.fixture
def anna(chambers):
    """The address of somebody with an account."""
    email = f"anna-{uuid4().hex[:8]}@example.org"
    new = {"email": email, "password": PASSWORD, "name": "Anna", "kind": "professional"}
    assert chambers("call", "identity.register", "--json", "-", given=json.dumps(new)).code == 0
    return email


def kept_files(state):
    return sorted(state.rglob("*.json"))


def log_in(chambers, email):
    return chambers("login", email, "--password-file", "-", given=f"{PASSWORD}\n")


def test_a_login_is_used_by_the_calls_that_follow_until_the_logout(chambers, anna):
    begun = log_in(chambers, anna)
    seen = chambers("call", "identity.who_am_i")
    out = chambers("logout")
    after = chambers("call", "identity.who_am_i")

    assert (begun.code, begun.out) == (0, f"logged in as Anna <{anna}>\n")
    assert json.loads(seen.out)["email"] == anna
    assert (out.code, out.out) == (0, "logged out\n")
    assert after.code == 1
    assert "chambers login" in after.err
    assert chambers("logout").out == "nobody is logged in\n"


def test_the_session_is_over_at_identity_too_after_the_logout(chambers, anna, state):
    log_in(chambers, anna)
    [file] = kept_files(state)
    kept = json.loads(file.read_text())
    chambers("logout")
    again = chambers("call", "identity.refresh", "--json",
                     json.dumps({"refresh_token": kept["refresh_token"]}))  # fmt: skip

    assert again.code == 1


def test_what_is_kept_is_its_owners_alone_and_holds_no_password(chambers, anna, state):
    log_in(chambers, anna)
    [file] = kept_files(state)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert PASSWORD not in file.read_text()


def test_the_password_comes_from_a_file_or_the_environment(chambers, anna, tmp_path):
    (tmp_path / "password").write_text(f"{PASSWORD}\n")
    by_file = chambers("login", anna, "--password-file", str(tmp_path / "password"))
    by_environment = chambers("login", anna, CHAMBERS_PASSWORD=PASSWORD)
    nobody_to_ask = chambers("login", anna)
    no_file = chambers("login", anna, "--password-file", str(tmp_path / "nowhere"))
    on_the_line = chambers("login", anna, PASSWORD)

    assert (by_file.code, by_environment.code) == (0, 0)
    assert (nobody_to_ask.code, no_file.code, on_the_line.code) == (3, 3, 2)
    assert "--password-file" in nobody_to_ask.err


def test_a_wrong_password_keeps_nothing(chambers, anna, state):
    refused = chambers("login", anna, CHAMBERS_PASSWORD="wrong")

    assert refused.code == 1
    assert kept_files(state) == []


def test_a_token_or_a_name_is_stronger_than_the_login(chambers, anna):
    log_in(chambers, anna)

    assert chambers("call", "identity.who_am_i", "--as", "nobody").code == 1
    assert "token_invalid" in chambers("call", "identity.who_am_i", CHAMBERS_TOKEN="a.b.c").err
    assert "CHAMBERS_TOKEN" in chambers("call", "--help").out


def age(file, **times):
    kept = json.loads(file.read_text())
    file.write_text(json.dumps(kept | times))
    return kept


def test_a_token_that_is_over_is_refreshed_on_the_way(chambers, anna, state):
    log_in(chambers, anna)
    [file] = kept_files(state)
    soon = datetime.now(UTC) + timedelta(seconds=20)
    before = age(file, access_expires_at=soon.isoformat())

    assert chambers("call", "identity.who_am_i").code == 0
    after = json.loads(file.read_text())
    assert after["refresh_token"] != before["refresh_token"]


def test_a_token_that_is_refused_is_refreshed_on_the_way(chambers, anna, state):
    log_in(chambers, anna)
    [file] = kept_files(state)
    age(file, access_token="not.a.token")

    assert chambers("call", "identity.who_am_i").code == 0


def test_a_login_that_is_over_is_forgotten_and_said(chambers, anna, state):
    log_in(chambers, anna)
    [file] = kept_files(state)
    age(file, access_token="not.a.token", refresh_token="spent")
    ended = chambers("call", "identity.who_am_i")

    assert ended.code == 1
    assert f"the login of {anna} is over: chambers login {anna}" in ended.err
    assert json.loads(file.read_text()).keys() == {"devices"}


def test_each_installation_has_a_login_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    places = [
        {"CHAMBERS_DATA_DIR": str(tmp_path / "a")},
        {"CHAMBERS_DATA_DIR": str(tmp_path / "b")},
        {"CHAMBERS_BUS_URL": "amqp://x:y@mq.example/one"},
        {"CHAMBERS_BUS_URL": "amqp://x:y@mq.example/two"},
    ]
    files = {file_of(Configuration({}, settings)) for settings in places}

    assert len(files) == 4
    assert {file.parent for file in files} == {tmp_path / "chambers"}
    other_account = Configuration({}, {"CHAMBERS_BUS_URL": "amqp://z:w@mq.example/two"})
    assert file_of(other_account) in files


def test_a_device_stays_known_to_identity(chambers, anna, state):
    log_in(chambers, anna)
    [file] = kept_files(state)
    first = json.loads(file.read_text())["devices"][anna]
    chambers("logout")
    log_in(chambers, anna)
    page = chambers("call", "identity.list_login_sessions")

    assert first
    assert json.loads(file.read_text())["devices"][anna] == first
    [session] = json.loads(page.out)["items"]
    assert session["device_id"] is not None


class Identity:
    """Answers a refresh as identity does, or refuses it, and notes what it was asked."""

    def __init__(self, *, refuses=False):
        self.asked = []
        self._refuses = refuses

    def call(self, service, method, kwargs, *, headers=None, timeout=10):
        self.asked.append((method, kwargs, headers))
        if self._refuses:
            raise Unauthenticated
        return reply(f"refresh-{len(self.asked)}")


def reply(refresh="refresh-0", **more):
    soon = (datetime.now(UTC) + timedelta(minutes=10)).isoformat()
    times = {"access_expires_at": soon, "refresh_expires_at": soon}
    account = {"email": "Anna@example.org", "name": "Anna"}
    tokens = {"access_token": "a", "refresh_token": refresh}
    return {**tokens, **times, "account": account, **more}


def test_a_device_is_remembered_beyond_logout_and_refresh(tmp_path):
    kept = Kept(tmp_path / "login.json")
    kept.keep(reply(device_token="known"))
    kept.access_token(Identity(), fresh=True)
    kept.forget()

    assert kept.device_of("anna@EXAMPLE.org") == "known"
    assert kept.device_of("ben@example.org") is None
    assert kept.access_token(Identity()) is None


def test_without_devices_nothing_stays(tmp_path):
    kept = Kept(tmp_path / "login.json")
    kept.keep(reply())
    kept.forget()

    assert not Path(tmp_path / "login.json").exists()


def test_a_refresh_whose_answer_was_lost_is_asked_for_again_under_its_key(tmp_path):
    identity, kept = Identity(), Kept(tmp_path / "login.json")
    kept.keep(reply())
    kept.access_token(identity, fresh=True)
    kept.keep(reply())  # as if the answer had never been written down
    kept.access_token(identity, fresh=True)
    kept.access_token(identity, fresh=True)

    keys = [headers["idempotency_key"] for _, _, headers in identity.asked]
    assert keys[0] == keys[1] != keys[2]


def test_a_file_that_nothing_can_be_made_of_counts_as_none(tmp_path):
    (tmp_path / "login.json").write_text("{")
    kept = Kept(tmp_path / "login.json")

    assert kept.access_token(Identity()) is None
    kept.keep(reply())
    with pytest.raises(LoginOver):
        kept.access_token(Identity(refuses=True), fresh=True)
