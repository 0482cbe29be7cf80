"""What a run of the tests found, kept as JSON: a pytest plugin writes it, others read it.

Load it with ``-p chassis.testing.results`` and name the file in CHAMBERS_TEST_RESULTS.
"""

import json
import os
from collections import Counter, defaultdict
from collections.abc import Generator, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

VARIABLE = "CHAMBERS_TEST_RESULTS"


@dataclass
class RanTest:
    """One test on one stack: ``result`` is passed, failed or skipped."""

    test: str
    """The test without its parameters: ``path::Class::name``."""
    stack: str | None
    """``embedded`` or ``rabbitmq``; None for a test that needs no services."""
    result: str
    seconds: float = 0.0
    """How long it took, with what it set up and cleaned up."""


class Recorder:
    """Notes how each test ended; a test that fails in its set-up or clean-up has failed."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.outcomes: dict[str, RanTest] = {}
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.broken = 0

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note the outcome and the seconds of each phase of a test (a hook of pytest's)."""
        report = yield
        self.seconds[item.nodeid] += report.duration
        if report.when == "call" or not report.passed:
            self._note(item, report.outcome)
        return report

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Count a file that cannot be read as a failure (a hook of pytest's)."""
        self.broken += report.failed

    def pytest_sessionfinish(self) -> None:
        """Write the file."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        for name, outcome in self.outcomes.items():
            outcome.seconds = round(self.seconds[name], 2)
        found = {"broken": self.broken, "outcomes": [asdict(o) for o in self.outcomes.values()]}
        self.file.write_text(json.dumps(found, indent=1))

    def _note(self, item: pytest.Item, result: str) -> None:
        """What went wrong in an earlier phase of a test stays."""
        known = self.outcomes.get(item.nodeid)
        if known is None or known.result == "passed":
            test = item.nodeid.partition("[")[0]
            self.outcomes[item.nodeid] = RanTest(test, stack_of(item), result)


def pytest_configure(config: pytest.Config) -> None:
    """Record, when a file is named to record in."""
    if file := os.environ.get(VARIABLE):
        config.pluginmanager.register(Recorder(Path(file)), "chambers-results")


def stack_of(item: pytest.Item) -> str | None:
    """Return the stack that this run of a test uses."""
    parameters: dict[str, Any] = getattr(getattr(item, "callspec", None), "params", {})
    return parameters.get("stack_kind")


def read(file: Path) -> tuple[list[RanTest], Counter[str]]:
    """Return the outcomes of one file, and how many of each; a missing file counts one failure."""
    if not file.exists():
        return [], Counter(failed=1)
    found = json.loads(file.read_text())
    outcomes = [RanTest(**outcome) for outcome in found["outcomes"]]
    counts = Counter(outcome.result for outcome in outcomes)
    counts["failed"] += found["broken"]
    return outcomes, counts


def slowest(outcomes: Iterable[RanTest], count: int = 10) -> list[str]:
    """Return a line for each of the tests that took longest, the slowest first."""
    found = sorted(outcomes, key=lambda outcome: outcome.seconds, reverse=True)[:count]
    return [
        f"{one.seconds:6.1f} s  {one.test}{f' on {one.stack}' if one.stack else ''}"
        for one in found
    ]
