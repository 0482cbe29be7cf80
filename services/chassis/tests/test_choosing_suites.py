"""Which suites `chambers test` runs, by its options."""

import argparse
import subprocess
import sys

import pytest

from chassis.cli import test as command
from chassis.resources import checkout
from chassis.testing import suites

EVERY = {suite.name for suite in suites.find_suites(checkout())}


def chosen(*arguments):
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return {suite.name for suite in command._chosen(parser.parse_args(arguments), checkout())}


def test_without_options_every_suite_is_run():
    assert chosen() == EVERY


def test_what_takes_long_is_left_to_the_full_run_and_that_is_said(capsys):
    assert chosen("--fast") == EVERY - {*suites.NOT_FAST}
    said = capsys.readouterr().out
    assert "left to the full run" in said
    assert [name for name in suites.NOT_FAST if name not in said] == []


def test_only_suites_that_are_there_are_left_out():
    assert {*suites.NOT_FAST} < EVERY


@pytest.mark.parametrize("options", [["--fast"], []])
def test_a_suite_that_is_asked_for_is_run(options):
    assert chosen("--suite", "faults", *options) == {"faults"}


def test_of_a_suite_only_what_is_heavy_is_left_out():
    file = "services/chassis/tests/test_nursery.py"
    found = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "--light", file, __file__],
        cwd=checkout(), capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip

    assert f"{file}::" not in found
    assert "test_of_a_suite_only_what_is_heavy_is_left_out" in found
    assert "deselected" in found
