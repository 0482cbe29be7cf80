"""``chambers onboard`` on files that need a word from their user."""

import csv

import pytest

from services.onboarding.tests.offices import FILES, written


@pytest.mark.proves("F121", "F130")
def test_rows_left_out_end_with_1_are_written_inert_and_come_in_when_insisted_on(tmp_path, onboard):
    twice = "=Ada Stone,ada@mail.example,\n=Ada B. Stone,ada@mail.example,\n"
    written(tmp_path, "Name,Email,Notes\n" + twice)

    unsure = onboard("--yes", "--refused", "refused.csv", "--report", "report.csv")
    elsewhere = onboard("--yes", "--create-anyway", "other.csv:3")
    nowhere = onboard("--yes", "--create-anyway", "9")
    sure = onboard("--yes", "--create-anyway", "clients.csv:3")

    assert (unsure.returncode, sure.returncode) == (1, 0), sure.stderr
    assert "1 created, 1 possibly there" in unsure.stdout
    with (tmp_path / "refused.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["line"], row["name"]) == ("3", "'=Ada B. Stone")
    assert row["why"] == "same e-mail address as =Ada Stone, line 2"
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["verdict"] for row in csv.DictReader(file)] == ["created", "possible_duplicate"]
    assert (elsewhere.returncode, nowhere.returncode) == (1, 1)
    assert "--create-anyway other.csv:3: say of which file, of clients.csv" in elsewhere.stderr
    assert "no row of clients.csv begins on line 9" in nowhere.stderr
    assert "clients: 1 created, 1 there already" in sure.stdout


@pytest.mark.proves("F123")
def test_the_encoding_is_asked_for_and_can_be_said(tmp_path, onboard):
    written(tmp_path)
    (tmp_path / "clients.csv").write_bytes((FILES / "windows_1250.csv").read_bytes())

    asked = onboard("--dry-run")
    unknown = onboard("--dry-run", "--encoding", "klingon")
    said = onboard("--dry-run", "--encoding", "cp1250")

    assert (asked.returncode, unknown.returncode, said.returncode) == (1, 1, 0), said.stderr
    assert "clients.csv: its encoding cannot be told" in asked.stderr
    assert "--encoding NAME" in asked.stderr
    assert "--encoding: 'klingon' is none that is known here" in unknown.stderr
    assert '(cp1250, separated by semicolons, with words such as "Imię")' in said.stderr
    assert "columns nobody reads: Rozmiar buta" in said.stderr
