"""The demonstration, as somebody runs it who sees this for the first time."""

import json
import os
import re
import resource
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from chassis.testing.stacks import IN_TESTS
from tests.docs.documents import ROOT, blocks

README = ROOT / "README.md"
SERVICES = {"billing", "clients", "groups", "identity", "notifications"}
STEPS = [
    ("Ana Meyer", "registers, verifies by the link in the mail, logs in"),
    ("Ana Meyer", "names the firm 'Harbor Family Law'"),
    ("Ana Meyer", "orders 4 licenses: declined (card_declined)"),
    ("Ana Meyer", "pays them by another card: 398.00 USD"),
    ("Ana Meyer", "invites 5 colleagues"),
    ("Ana Meyer", "imports clients: 120 created, 2 duplicate, 1 refused"),
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


def environment():
    """Ours without any setting of Chambers, but for the port: others serve pages meanwhile."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHAMBERS_")}
    return kept | {"CHAMBERS_GATEWAY_LISTEN": IN_TESTS["CHAMBERS_GATEWAY_LISTEN"]}


def demo(folder, *arguments, **settings):
    env = environment() | settings
    return subprocess.run(
        [sys.executable, "-P", "-m", "chassis.cli", "demo", "--data", str(folder), *arguments],
        env=env, cwd=folder.parent, capture_output=True, text=True, timeout=250,
    )  # fmt: skip


@pytest.mark.timeout(300)
@pytest.mark.proves("S1-33", "S1-38", "S1-43", "S1-46", "S1-50", "S1-52", "S1-86", "T01", "T22")
def test_a_practice_comes_in_and_lives_a_year_before_ones_eyes(tmp_path):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = demo(tmp_path / "demo", "--json", **IN_TESTS)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)

    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert told["failed"] == []
    # Of the processor: what else the machine does meanwhile is not the demonstration's fault.
    assert after.ru_utime - before.ru_utime < 40

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


def chambers(line, folder, given=""):
    """What a line that the demonstration printed says, run as it stands."""
    program, *arguments = shlex.split(line)
    assert program.endswith("chambers")
    return subprocess.run(
        [sys.executable, "-P", "-m", "chassis.cli", *arguments],
        env=environment() | {"XDG_STATE_HOME": str(folder / "state")}, cwd=folder, input=given,
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """What the demonstration says to people."""
    ended = demo(tmp_path_factory.mktemp("demonstrated") / "a demo")
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.fixture
def opened_again(printed, tmp_path):
    """What the demonstration says last, and the services started by the line that it names."""
    up, login, call = re.findall(r"^  (\S*chambers .*)$", printed, re.MULTILINE)
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "chassis.cli", *shlex.split(up)[1:]],
        env=environment(), cwd=tmp_path, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert any("running:" in line for line in process.stderr)
    yield printed, login, call
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 0


@pytest.mark.timeout(300)
def test_what_it_says_of_looking_inside_is_true(opened_again, tmp_path):
    said, login, call = opened_again
    [password] = re.findall(r"^everybody's password is: (.*)$", said, re.MULTILINE)
    [mails] = re.findall(r"^everybody's mails, one file each: (.*)$", said, re.MULTILINE)

    logged_in = chambers(f"{login} --password-file -", tmp_path, password)
    firm = chambers(call, tmp_path)

    assert logged_in.stdout.startswith("logged in as Ana Meyer"), logged_in.stderr
    assert json.loads(firm.stdout)["firm"]["name"] == "Harbor Family Law"
    assert len(list(Path(mails).glob("*.eml"))) > 10


def without_figures(line):
    """Times, amounts, folders and who else heard differ from run to run."""
    line = re.sub(r"  \[.*\]$", "", line)
    return re.sub(r"\d[\d.]*", "0", re.sub(r"/\S+", "/", line)).split()


@pytest.mark.timeout(300)
def test_it_prints_what_readme_shows(printed):
    [shown] = [block.text for block in blocks(README) if "every expectation held" in block.text]
    said = [without_figures(line) for line in printed.replace("a demo", "demo").splitlines()]
    lines = [line for line in shown.splitlines() if line.strip() not in ("", "…")]

    assert [line for line in lines if without_figures(line) not in said] == []


def test_a_folder_that_holds_data_is_left_alone(tmp_path):
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "groups.db").write_bytes(b"somebody's")

    ended = demo(folder)

    assert ended.returncode == 1
    assert "name an empty folder" in ended.stderr
    assert [path.name for path in folder.iterdir()] == ["groups.db"]
