import ast
import json
import os
import subprocess
import sys
from textwrap import dedent

import pytest

from chassis.cli.test import closing_line
from chassis.resources import checkout
from chassis.testing import results, suites, traceability
from chassis.testing.results import RanTest
from chassis.testing.traceability import Mark, Statement

DOCUMENT = """
- S1-43 [S] Cancelling restores the license. `gr`
- T05 Re-sending is idempotent.
| D1 | who sees | open |
| Q17 | Time | UTC |
Not a statement: S1-44.
"""
TESTS = """
import pytest

pytestmark = [pytest.mark.proves("T05")]

@pytest.mark.proves("S1-43", "Q17")
def test_one(): ...

@pytest.mark.proves("D1")
class TestTwo:
    pytestmark = pytest.mark.proves("Q17")

    def test_three(self): ...

    @pytest.mark.proves("S1-43")
    def helper(self): ...

@pytest.mark.proves("S1-43")
def not_a_test(): ...
"""
FOUND = [Mark("S1-43", "a.py::test_one"), Mark("S1-43", "a.py::test_two")]
ONE = Statement("S1-43", "")


def test_statements_decisions_and_bugs_are_read_from_the_document():
    found = traceability.statements(DOCUMENT)
    assert [(one.id, one.group) for one in found] == [
        ("S1-43", "S1"), ("T05", "T"), ("D1", "D"), ("Q17", "Q"),
    ]  # fmt: skip


def test_the_whole_document_is_read():
    path = checkout() / "docs" / "requirements.md"
    counts = dict.fromkeys(traceability.GROUPS, 0)
    for one in traceability.statements(path.read_text()):
        counts[one.group] += 1
    assert list(counts.values()) == [90, 39, 29, 33, 81, 9, 17, 20, 33]


def test_marks_count_on_tests_classes_and_modules_but_not_on_helpers():
    found = [("::".join(names), id) for names, id in traceability._marks_in(ast.parse(TESTS))]
    assert found == [
        ("test_one", "T05"),
        ("test_one", "S1-43"),
        ("test_one", "Q17"),
        ("TestTwo::test_three", "T05"),
        ("TestTwo::test_three", "D1"),
        ("TestTwo::test_three", "Q17"),
    ]


def test_a_mark_that_names_no_statement_is_found():
    assert traceability.unknown([ONE], [Mark("S1-44", "a.py::t"), *FOUND]) == [
        Mark("S1-44", "a.py::t")
    ]


def test_before_any_run_a_mark_is_taken_at_its_word():
    assert traceability.weigh([ONE], FOUND, None)[0].proven
    assert not traceability.weigh([ONE], [], None)[0].proven


@pytest.mark.parametrize(
    ("outcomes", "proven", "stacks"),
    [
        ([], False, set()),
        ([("one", "embedded", "passed")], True, {"embedded"}),
        ([("one", None, "passed"), ("two", "rabbitmq", "passed")], True, {"domain", "rabbitmq"}),
        ([("one", "embedded", "passed"), ("one", "rabbitmq", "failed")], False, {"embedded"}),
        ([("one", "embedded", "passed"), ("two", "rabbitmq", "skipped")], True, {"embedded"}),
        ([("one", "embedded", "skipped")], False, set()),
        ([("three", "embedded", "passed")], False, set()),
    ],
)
def test_after_a_run_a_statement_is_proven_where_all_its_tests_passed(outcomes, proven, stacks):
    ran = [RanTest(f"a.py::test_{name}", stack, result) for name, stack, result in outcomes]
    evidence = traceability.weigh([ONE], FOUND, ran)[0]
    assert (evidence.proven, evidence.stacks) == (proven, stacks)


SUITE = """
    import time
    import pytest

    @pytest.fixture
    def breaks_afterwards():
        yield
        raise RuntimeError

    @pytest.fixture
    def breaks_before():
        raise RuntimeError

    @pytest.fixture
    def takes_its_time():
        time.sleep(0.2)
        yield
        time.sleep(0.2)

    @pytest.mark.parametrize("stack_kind", ["embedded", "rabbitmq"])
    def test_on_stacks(stack_kind): assert stack_kind == "embedded"
    def test_passes(): pass
    def test_is_skipped(): pytest.skip("later")
    def test_takes_its_time(takes_its_time): pass
    def test_breaks_before(breaks_before): pass
    def test_breaks_afterwards(breaks_afterwards): pass
"""


def test_a_run_is_kept_with_what_failed_and_where(tmp_path):
    (tmp_path / "test_some.py").write_text(dedent(SUITE))
    (tmp_path / "test_broken.py").write_text("import nothing_like_it")
    file = tmp_path / "results" / "some.json"
    command = [
        *(sys.executable, "-m", "pytest", "-q", "-p", "no:pytest_nameko"),
        *("-p", "chassis.testing.results"),
    ]
    continuing = "--continue-on-collection-errors"
    subprocess.run(
        [*command, continuing, f"--rootdir={tmp_path}", "-c", os.devnull, str(tmp_path)],
        env={**os.environ, results.VARIABLE: str(file)},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    outcomes, counts = results.read(file)
    name = "test_some.py::test_"
    assert {(one.test.removeprefix(name), one.stack, one.result) for one in outcomes} == {
        ("on_stacks", "embedded", "passed"),
        ("on_stacks", "rabbitmq", "failed"),
        ("passes", None, "passed"),
        ("takes_its_time", None, "passed"),
        ("is_skipped", None, "skipped"),
        ("breaks_before", None, "failed"),
        ("breaks_afterwards", None, "failed"),
    }
    assert counts == {"passed": 3, "failed": 4, "skipped": 1}
    took = {one.test.removeprefix(name): one.seconds for one in outcomes}
    assert took["takes_its_time"] >= 0.4  # setting up and cleaning up counts


def test_the_slowest_are_named_with_their_seconds_and_where_they_ran():
    ran = [
        RanTest("a.py::test_one", "rabbitmq", "passed", 1.26),
        RanTest("a.py::test_two", None, "failed", 123.4),
        RanTest("a.py::test_three", None, "passed", 1.0),
    ]
    assert results.slowest(ran, 2) == [
        " 123.4 s  a.py::test_two",
        "   1.3 s  a.py::test_one on rabbitmq",
    ]


def test_a_run_that_wrote_nothing_counts_as_a_failure(tmp_path):
    assert results.read(tmp_path / "none.json") == ([], {"failed": 1})


def test_suites_are_found_foundations_first_and_new_ones_last(tmp_path):
    for folder in ("services/groups/tests", "services/chassis/tests/domain", "tests/zoo",
                   "tests/faults", "tests/support"):  # fmt: skip
        (tmp_path / folder).mkdir(parents=True)
        name = "practice.py" if folder.endswith("support") else "test_x.py"
        (tmp_path / folder / name).touch()
    names = [suite.name for suite in suites.find_suites(tmp_path)]
    assert names == ["chassis", "groups", "faults", "zoo"]
    side_by_side = suites.longest_first(suites.find_suites(tmp_path))
    assert [suite.name for suite in side_by_side] == ["faults", "groups", "chassis", "zoo"]


@pytest.mark.parametrize(
    ("source", "counted"),
    [
        ("def test_a(): pass", {"passed": 1}),
        ("def test_a(): assert False", {"failed": 1}),
        ("import os\nos._exit(0)", {"failed": 1}),
        ("", {}),
    ],
)
def test_a_suite_is_counted_whatever_becomes_of_its_process(tmp_path, source, counted):
    folder = tmp_path / "tests" / "some"
    folder.mkdir(parents=True)
    (folder / "test_x.py").write_text(source)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p no:pytest_nameko\n")
    assert +suites.run_suite(suites.find_suites(tmp_path)[0], tmp_path, [], {}) == counted


def test_results_of_earlier_runs_are_forgotten(tmp_path):
    folder = suites.results_folder(tmp_path)
    folder.mkdir(parents=True)
    (folder / "old.json").write_text(json.dumps({}))
    suites.forget_results(tmp_path)
    assert list(folder.iterdir()) == []


def test_the_closing_line_gives_the_counts():
    counts = {"passed": 412, "failed": 0, "skipped": 0}
    assert closing_line(counts, 93.6) == "412 passed, 0 failed in 94 s"
    assert closing_line({**counts, "skipped": 3}, 1) == "412 passed, 0 failed, 3 skipped in 1 s"
