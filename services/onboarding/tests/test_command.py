"""``chambers onboard`` as its users run it, on the embedded default and data of the test's own."""

import csv
import json
import os
import pty
import signal
import subprocess
import sys

import pytest

from chassis.cli.__main__ import main
from services.onboarding.tests.offices import CLIENTS, DEMO, written

COMMAND = [sys.executable, "-P", "-m", "chassis.cli"]


@pytest.fixture
def keyboard():
    """A shell starts what runs in the background deaf to Ctrl-C, which would be inherited."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_a_practice_is_looked_at_taken_in_and_corrected(tmp_path, onboard):
    written(tmp_path, CLIENTS + "Dan Evil,not an address,\n=1+1,ada@mail.example,\n,,Nobody\n")

    looked = onboard("--dry-run", "--json", "--refused", "looked.csv")
    unasked = onboard()
    done = onboard("--yes", "--json", "--refused", "refused.csv")
    clients = tmp_path / "clients.csv"
    clients.write_text(clients.read_text().replace(",,Nobody\n", ""))
    corrected = onboard("--yes")

    assert (looked.returncode, unasked.returncode, done.returncode) == (1, 1, 1)
    expected = json.loads(looked.stdout)
    report = json.loads(done.stdout)
    assert len(expected["to_invite"]) == len(report["invited"]) == 2
    assert expected["licenses_to_buy"] == report["licenses_bought"] == 1
    assert expected["to_pay"] == report["paid"] == {"amount": 9_950, "currency": "USD"}
    assert expected["clients"] == report["clients"]
    assert (report["clients"]["created"], report["clients"]["refused"]) == (5, 1)
    assert [row["verdict"] for row in report["rows"]] == ["created"] * 5 + ["refused"]
    assert report["rows"][3]["left_out"] == [
        {"header": "Email", "value": "not an address", "why": "Not a valid email address."}
    ]
    assert "1 license will be bought: 99.50 USD" in done.stderr
    assert "clients.csv: 6 rows (UTF-8, separated by commas)" in done.stderr
    assert "5 would be created, 1 would be refused" in done.stderr
    assert 'Dan Evil                       Email "not an address": Not a valid' in done.stderr
    assert "nothing is done without --yes" in unasked.stderr
    for name in ("looked.csv", "refused.csv"):
        with (tmp_path / name).open(encoding="utf-8-sig", newline="") as file:
            [row] = csv.DictReader(file)
        assert (row["file"], row["line"], row["verdict"]) == ("clients.csv", "7", "refused")
        assert row["why"].startswith("A client needs a name")
    assert corrected.returncode == 0, corrected.stderr
    assert corrected.stdout.splitlines() == [
        "invited 0, 2 were there already",
        "clients: 5 there already",
    ]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_ended_in_the_middle_it_goes_on_from_there(keyboard, tmp_path, onboard, env, number, code):
    written(tmp_path, payment_method="sandbox_slow")
    process = subprocess.Popen(
        [*COMMAND, "onboard", "practice.toml", "--yes"],
        env=env, cwd=tmp_path, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    said = [next(process.stderr)]
    while "the firm's name" not in said[-1]:  # the license is paid next, which takes its time
        said.append(next(process.stderr))

    process.send_signal(number)
    said.append(process.communicate(timeout=60)[1])
    again = onboard("--yes", "--json")

    assert process.returncode == code
    assert "Traceback" not in "".join(said)
    report = json.loads(again.stdout)
    assert again.returncode == 0, again.stderr
    assert report["licenses_bought"] == 1
    assert report["clients"]["created"] == 3
    nothing = json.loads(onboard("--yes", "--json").stdout)
    assert (nothing["licenses_bought"], nothing["invited"]) == (0, [])


@pytest.mark.parametrize(("answer", "code"), [(b"\x03", 130), (b"n\n", 1)])
def test_nothing_is_done_for_who_does_not_say_yes(keyboard, tmp_path, onboard, env, answer, code):
    written(tmp_path)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        ["setsid", "--ctty", *COMMAND, "onboard", "practice.toml"],
        env=env, cwd=tmp_path, stdin=theirs, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    said = b""
    while b"Do this?" not in said:
        said += os.read(process.stderr.fileno(), 4096)

    os.write(ours, answer)
    said += process.communicate(timeout=60)[1]
    os.close(ours)
    os.close(theirs)

    assert (process.returncode, b"Traceback" in said) == (code, False)
    assert json.loads(onboard("--dry-run", "--json").stdout)["clients"]["created"] == 3


def test_services_that_run_already_are_asked_and_their_mails_read(tmp_path, onboard, env):
    written(tmp_path)
    up = subprocess.Popen(
        [*COMMAND, "up"], env=env, cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    assert up.stderr is not None
    while "running:" not in next(up.stderr):
        pass

    done = onboard("--yes")
    up.send_signal(signal.SIGTERM)
    up.communicate(timeout=60)

    assert done.returncode == up.returncode == 0, done.stderr
    assert "clients: 3 created" in done.stdout


def test_money_that_has_to_come_in_is_said_to_programs_too(tmp_path, onboard):
    written(tmp_path, payment_method="manual")

    ended = onboard("--yes", "--json")

    assert ended.returncode == 1
    assert "has to come in" in json.loads(ended.stdout)["action_needed"]
    assert "99.50 USD has to come in" in ended.stderr


def test_without_anybody_to_ask_the_password_has_to_be_given(tmp_path, onboard):
    written(tmp_path)

    ended = onboard("--yes", CHAMBERS_PASSWORD="")

    assert ended.returncode == 1
    assert "CHAMBERS_PASSWORD" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_problems_of_the_file_are_said_one_a_line(tmp_path, capsys):
    (tmp_path / "p.toml").write_text('colour = "red"\n')

    code = main(["onboard", str(tmp_path / "p.toml")])

    assert code == 1
    assert capsys.readouterr().err.splitlines() == [
        "chambers: p.toml: firm is missing",
        "chambers: p.toml: [founder] is missing",
        "chambers: p.toml: founder: name is missing",
        "chambers: p.toml: founder: email is missing",
        "chambers: p.toml: there is no setting 'colour'",
    ]


def test_a_file_that_is_not_there_is_named(tmp_path, capsys):
    assert main(["onboard", str(tmp_path / "gone.toml")]) == 1
    assert "gone.toml" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (
            "onboard",
            ["--dry-run", "--refused", "--report", "--encoding", "--create-anyway", "Exit codes"],
        ),
        ("demo", ["--data", "--json", "Exit codes"]),
    ],
)
def test_help_tells_what_can_be_said_and_how_it_ends(command, words, capsys):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])

    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert [word for word in words if word not in said] == []


def test_the_samples_ship_with_the_wheel(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=DEMO.parents[1] / "services" / "onboarding", check=True)
    (wheel,) = tmp_path.glob("*.whl")

    listed = subprocess.run(
        [sys.executable, "-m", "zipfile", "-l", str(wheel)],
        capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip

    for sample in DEMO.iterdir():
        assert f"onboarding/_demo/{sample.name}" in listed
