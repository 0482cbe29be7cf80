"""Figures and lists in the documents are those of the code."""

import re
import tomllib

from chassis.config.sections import SECTIONS
from chassis.doors import installed_doors
from chassis.runner import STOP_SECONDS, installed_services
from tests.architecture.test_sizes import FILE_LINES, FUNCTION_LINES
from tests.docs.documents import ROOT

README = (ROOT / "README.md").read_text()
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()
UNITS = {"s": 1, "min": 60, "h": 3600}


def test_the_table_has_every_service_with_its_own_document():
    rows = re.findall(r"^\| \[(\w+)\]\(services/(\w+)/README\.md\) \|", README, re.MULTILINE)

    here = sorted([*installed_services(), *installed_doors()])
    assert sorted(rows) == [(name, name) for name in here]


def test_calls_go_in_the_direction_that_is_written():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())

    assert f"{' → '.join(project['tool']['chambers']['calls_go_down'])}." in README


def test_the_pauses_between_attempts_are_the_default_ones():
    [written] = re.findall(r"\(after ([^)]+)\)", README)
    pauses = [
        int(number) * UNITS[unit] for number, unit in re.findall(r"(\d+) (s|min|h)\b", written)
    ]
    [delays] = [key.default for key in SECTIONS["events"] if key.name == "retry_delays"]

    assert pauses == [int(delay) for delay in delays.split(",")]


def test_a_stop_takes_no_longer_than_it_says():
    assert f"ends within {STOP_SECONDS} seconds" in README


def test_sizes_are_the_enforced_ones():
    assert f"Files up to {FILE_LINES} lines, functions up to {FUNCTION_LINES}" in CONTRIBUTING


def test_every_folder_of_tests_has_its_place_in_the_documents():
    folders = {path.parent.name for path in (ROOT / "tests").glob("*/test_*.py")}
    known = README + CONTRIBUTING

    assert [name for name in folders if f"tests/{name}/" not in known] == []
