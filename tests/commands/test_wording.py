"""Commands answer in words for people: guesses, durations, what a production lacks."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from chassis.cli.output import in_words, since


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("rnu", "groups"), "did you mean run?"),
        (("outbox", "statsu"), "did you mean status?"),
        (("config", "chek"), "did you mean check?"),
        (("run", "gruops"), "did you mean groups?"),
        (("outbox", "status", "--service", "biling"), "did you mean billing?"),
        (("call", "groups.invite_member", "--help"), "did you mean groups.invite_members?"),
    ],
)
def test_a_slip_of_the_finger_is_answered_by_a_guess(chambers, arguments, meant):
    ended = chambers(*arguments)

    assert ended.code in (2, 3)
    assert meant in ended.err
    assert "did you mean" not in chambers("xyzzy").err


def test_times_are_shown_in_words_and_kept_as_numbers_for_programs(chambers):
    shown = chambers("config", "show").out
    rows = {row["key"]: row for row in json.loads(chambers("config", "show", "--json").out)}

    assert "identity.refresh_token_lifetime\t14 days\t" in shown
    assert "identity.access_token_lifetime\t10 minutes\t" in shown
    assert "events.attempt_lease\t30 seconds\t" in shown
    assert rows["identity.refresh_token_lifetime"]["value"] == 1_209_600


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 seconds"), (0.25, "250 milliseconds"), (1, "1 second"), (59.6, "1 minute"),
     (90, "1 minute 30 seconds"), (5400, "1 hour 30 minutes"), (86_399, "23 hours 59 minutes"),
     (86_400, "1 day"), (90_061, "1 day 1 hour"), (1_209_600, "14 days")],
)  # fmt: skip
def test_a_time_in_words_has_two_units_at_most(seconds, words):
    assert in_words(seconds) == words


def test_help_is_a_word_for_a_part_of_a_command_too(chambers):
    check = chambers("help", "config", "check")

    assert check.out == chambers("config", "check", "--help").out
    assert "--connect" in check.out
    assert chambers("help", "nothing-of-the-kind").code == 2


def test_how_long_events_wait_is_said_in_words(chambers, data):
    assert since(datetime.now(UTC) - timedelta(minutes=3, seconds=1)) == "3 minutes 1 second"
    assert since(None) == ""
    assert chambers("migrate", "groups").code == 0
    head = chambers("outbox", "status", "--service", "groups").out.splitlines()[0]
    assert head.split("\t") == ["service", "waiting", "held", "republished", "oldest", "for"]


PRODUCTION = {
    "CHAMBERS_PUBLIC_URL": "https://chambers.example",
    "CHAMBERS_BUS_URL": "amqps://chambers:secret@mq.example/chambers",
    "CHAMBERS_NOTIFICATIONS_DATABASE_URL": "postgresql+psycopg2://x@db.example/notifications",
    "CHAMBERS_NOTIFICATIONS_MAIL_TRANSPORT": "smtp",
    "CHAMBERS_NOTIFICATIONS_MAIL_FROM": "Chambers <no-reply@chambers.example>",
}


def test_a_production_without_its_keys_or_a_password_is_said(chambers, data):
    ask = ("config", "check", "notifications")
    no_key = chambers(*ask, **PRODUCTION)
    assert chambers("keys").code == 0
    complete = chambers(*ask, **PRODUCTION)
    login = PRODUCTION | {"CHAMBERS_NOTIFICATIONS_SMTP_LOGIN": "chambers"}
    no_password = chambers(*ask, **login)
    with_password = chambers(*ask, **login, CHAMBERS_NOTIFICATIONS_SMTP_PASSWORD="secret")

    assert (no_key.code, no_key.err) == (
        3, f"keys.directory: no key of notifications in {data}/keys: chambers keys\n"
    )  # fmt: skip
    assert (complete.code, complete.err) == (0, "")
    assert (no_password.code, with_password.code) == (3, 0)
    assert "notifications.smtp_password is missing, and smtp_login is set" in no_password.err


def test_two_keys_that_are_not_of_one_pair_are_said(chambers, data):
    assert chambers("keys").code == 0
    keys = data / "keys"
    (keys / "notifications.public.pem").unlink()
    (keys / "groups.public.pem").rename(keys / "notifications.public.pem")
    ended = chambers("config", "check", "notifications", **PRODUCTION)

    assert ended.code == 3
    assert f"the two keys of notifications in {keys} are not of one pair" in ended.err


def test_tests_of_what_changed_since_nothing_that_git_knows_are_refused(chambers):
    ended = chambers("test", "--changed", "nowhere")

    assert ended.code == 3
    assert "git: fatal" in ended.err
    assert "nowhere" in ended.err
