"""The demonstration, as somebody runs it who sees this for the first time."""

import json
import os
import subprocess
import sys
import time

import pytest

SERVICES = {"billing", "clients", "groups", "identity", "notifications"}
STEPS = [
    ("Ana Meyer", "registers, verifies by the link in the mail, logs in"),
    ("Ana Meyer", "names the firm 'Harbor Family Law'"),
    ("Ana Meyer", "orders 4 licenses: declined (card_declined)"),
    ("Ana Meyer", "pays them by another card: 398.00 USD"),
    ("Ana Meyer", "invites 5 colleagues"),
    ("Ana Meyer", "imports clients: 117 created, 3 duplicate, 3 refused"),
    ("Ben Okafor", "accepts by the link in the mail, as admin"),
    ("Chloé Durand", "accepts by the link in the mail, as member"),
    ("Dario Rossi", "accepts by the link in the mail, as member"),
    ("Frank Weiß", "accepts by the link in the mail, as billing_only"),
    ("Ana Meyer", "cancels the invitation of Eva Lindqvist"),
    ("Ana Meyer and Ben Okafor", "invite at once for the last license: 1 license is missing"),
    ("Chloé Durand", "takes over "),
    ("Chloé Durand", "asks who may see them, and why: assigned, firm_policy"),
    ("Paula Adeyemi", "accepts to share with Chloé Durand"),
    ("Paula Adeyemi", "adds a date to the calendar"),
    ("Chloé Durand", 'sees "updated", opens the bell: School play in calendar'),
    ("Ben Okafor", "reassigns the client to Dario Rossi, the unseen mark with it"),
    ("Late Guest ", "does not accept: the invitation expires, its license is free"),
    ("Ana Meyer", "makes Chloé Durand an admin"),
    ("Ana Meyer", "removes Dario Rossi; the clients stay: 1 reassigned, 2 listed"),
    ("Eva Lindqvist", "joins, and 2 clients with her"),
    ("Ana Meyer", "removes Eva Lindqvist; her clients go along"),
    ("forecast", "2 licenses lapse and 2 renew on "),
    ("a year", "is over: 2 licenses gone uncharged, the others renew"),
    ("Frank Weiß", "gets the statement of "),
]


def demo(folder, *arguments):
    env = {name: value for name, value in os.environ.items() if not name.startswith("CHAMBERS_")}
    return subprocess.run(
        [sys.executable, "-P", "-m", "chassis.cli", "demo", "--data", str(folder), *arguments],
        env=env, cwd=folder.parent, capture_output=True, text=True, timeout=110,
    )  # fmt: skip


@pytest.mark.proves("S1-33", "S1-38", "S1-43", "S1-46", "S1-50", "S1-52", "S1-86", "T01", "T22")
def test_a_practice_comes_in_and_lives_a_year_before_ones_eyes(tmp_path):
    began = time.monotonic()
    ended = demo(tmp_path / "demo", "--json")
    took = time.monotonic() - began

    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert told["failed"] == []
    assert took < 60

    steps = told["timeline"]
    assert len(steps) == len(STEPS)
    for step, (who, what) in zip(steps, STEPS, strict=True):
        assert (step["who"][: len(who)], step["what"][: len(what)]) == (who, what)
    assert all(step["crossed"] for step in steps)
    assert {service for step in steps for service in step["crossed"]} == SERVICES
    joining = next(step for step in steps if step["who"] == "Ben Okafor")
    assert {*joining["crossed"]} == {"groups", "billing", "clients", "notifications"}

    closing = told["closing"]
    assert closing["licenses"] == {"total": 3, "unused": 0, "held": 0, "used": 3}
    assert (closing["members"], closing["open_invitations"], closing["dead_letters"]) == (4, 0, 0)
    assert list(closing["paid"].values()) == ["199.00 USD", "398.00 USD"]
    mails = list((tmp_path / "demo" / "mail").glob("*.eml"))
    assert len(mails) == closing["mails"] > 10
    assert "every expectation held" in ended.stderr


def test_a_folder_that_holds_data_is_left_alone(tmp_path):
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "groups.db").write_bytes(b"somebody's")

    ended = demo(folder)

    assert ended.returncode == 1
    assert "name an empty folder" in ended.stderr
    assert [path.name for path in folder.iterdir()] == ["groups.db"]
