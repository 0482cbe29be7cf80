"""The suites of a checkout, each a pytest process of its own, and the checks before them."""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chassis.testing import results

CHECKS: dict[str, list[str]] = {
    "ruff": ["-m", "ruff", "check", "--quiet", "."],
    "ruff format": ["-m", "ruff", "format", "--quiet", "--check", "."],
    "mypy": ["-m", "mypy", "--no-error-summary"],
}
# What others stand on goes first; a suite that is not named here comes after these.
ORDER = ("chassis", "identity", "groups", "billing", "clients", "notifications", "onboarding",
         "architecture", "contracts", "conformance", "badinput", "journeys", "faults")  # fmt: skip
# These take longest; they begin first, so that suites run side by side end at about the same time.
LONGEST = ("faults", "groups", "clients", "onboarding", "badinput", "journeys", "commands",
           "identity", "billing", "chassis", "docs", "conformance", "notifications")  # fmt: skip
# Pytest's own exit codes for "all passed" and "nothing was selected".
FINE = (0, 5)


@dataclass(frozen=True)
class Suite:
    """Tests that share a process, and with it one world per stack."""

    name: str
    folder: Path


def find_suites(checkout: Path) -> list[Suite]:
    """Every folder of tests, in the order they are run in."""
    folders = [*checkout.glob("services/*/tests"), *checkout.glob("tests/*")]
    suites = [
        Suite(folder.parent.name if folder.name == "tests" else folder.name, folder)
        for folder in folders
        if any(folder.rglob("test_*.py"))
    ]
    return sorted(suites, key=lambda suite: (_place(suite.name), suite.name))


def longest_first(found: Sequence[Suite]) -> list[Suite]:
    """In an order that lets suites run side by side and end together."""
    length = {name: place for place, name in enumerate(LONGEST)}
    return sorted(found, key=lambda suite: length.get(suite.name, len(length)))


def results_folder(checkout: Path) -> Path:
    """Where the last run's results are."""
    return checkout / "var" / "test-results"


def results_file(suite: Suite, checkout: Path) -> Path:
    """Where the last run of a suite left what it found."""
    return results_folder(checkout) / f"{suite.name}.json"


def forget_results(checkout: Path) -> None:
    """Remove what earlier runs found."""
    for file in results_folder(checkout).glob("*.json"):
        file.unlink()


def run_check(name: str, checkout: Path) -> bool:
    """Run a static check; whether it found nothing."""
    return (
        subprocess.run([sys.executable, *CHECKS[name]], cwd=checkout, check=False).returncode == 0
    )


def run_suite(
    suite: Suite, checkout: Path, arguments: Sequence[str], env: Mapping[str, str]
) -> Counter[str]:
    """Run a suite and print its output; how many tests passed, failed and were skipped.

    A process that ended otherwise than pytest does, with all its tests passed, failed once.
    """
    file = results_file(suite, checkout)
    file.unlink(missing_ok=True)
    command = [
        *(sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "chassis.testing.results"),
        *(str(suite.folder.relative_to(checkout)), *arguments),
    ]
    environment = {**os.environ, **env, results.VARIABLE: str(file)}
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            command, cwd=checkout, env=environment, stdout=output, stderr=output, check=False
        )
        output.seek(0)
        print(f"== {suite.name}\n{output.read().rstrip()}", flush=True)
    counts = results.read(file)[1]
    if done.returncode not in FINE and not counts["failed"]:
        counts["failed"] = 1
    return counts


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)
