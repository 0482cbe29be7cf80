"""The suites of a checkout, each a pytest process of its own, and the checks before them."""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
LONGEST = ("faults", "browser", "groups", "clients", "onboarding", "badinput", "journeys",
           "commands", "gateway", "identity", "billing", "chassis", "docs", "conformance",
           "notifications")  # fmt: skip
# The services that run for a suite's tests, which say themselves what all others would; those that
# need more are marked `together`. What others make of each event is half of the time.
NEEDED = {
    "identity": ("identity",),
    "groups": ("groups",),
    "billing": ("billing",),
    "clients": ("identity", "groups", "clients"),
}
# They drive a browser, whose driver cannot live in a process that eventlet has patched.
UNPATCHED = ("browser",)
# Left to the full run by `--fast`: they start programs, or go through all services at once.
NOT_FAST = ("badinput", "browser", "commands", "docs", "faults", "journeys", "onboarding", "setup")
# Pytest's own exit codes for "all passed" and "nothing was selected".
FINE = (0, 5)


@dataclass(frozen=True)
class Suite:
    """Tests that share a process, and with it one world per stack."""

    name: str
    folder: Path
    paths: tuple[str, ...] = ()
    """Of the folder only these, relative to the checkout; all of it where there are none."""


@dataclass(frozen=True)
class Part:
    """One pytest process of a suite: which of its tests, and with which services."""

    name: str
    chosen: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)


def find_suites(checkout: Path) -> list[Suite]:
    """Return every folder of tests, in the order they are run in."""
    folders = [*checkout.glob("services/*/tests"), *checkout.glob("tests/*")]
    suites = [
        Suite(folder.parent.name if folder.name == "tests" else folder.name, folder)
        for folder in folders
        if any(folder.rglob("test_*.py"))
    ]
    return sorted(suites, key=lambda suite: (_place(suite.name), suite.name))


def narrowed(found: Sequence[Suite], chosen: Iterable[str], checkout: Path) -> list[Suite]:
    """Return the suites that have any of the chosen folders and files in them, with just these."""
    paths = sorted(chosen)
    kept = []
    for suite in found:
        folder = suite.folder.relative_to(checkout).as_posix()
        inside = tuple(path for path in paths if f"{path}/".startswith(f"{folder}/"))
        if inside:
            kept.append(replace(suite, paths=inside))
    return kept


def longest_first(found: Sequence[Suite]) -> list[Suite]:
    """Return the suites in an order that lets them run side by side and end together."""
    length = {name: place for place, name in enumerate(LONGEST)}
    return sorted(found, key=lambda suite: length.get(suite.name, len(length)))


def results_folder(checkout: Path) -> Path:
    """Return where the last run's results are."""
    return checkout / "var" / "test-results"


def parts_of(suite: Suite) -> list[Part]:
    """Return the processes in which the suite's tests run; each test in one of them."""
    if suite.name in UNPATCHED:
        return [Part(suite.name, env={"CHAMBERS_TEST_UNPATCHED": "1"})]
    if suite.name not in NEEDED:
        return [Part(suite.name)]
    services = {"CHAMBERS_TEST_SERVICES": ",".join(NEEDED[suite.name])}
    few = Part(suite.name, ("-m", "not together"), services)
    return [few, Part(f"{suite.name}-together", ("-m", "together"))]


def results_files(suite: Suite, checkout: Path) -> list[Path]:
    """Return where the last run of a suite left what it found."""
    return [_file(part, checkout) for part in parts_of(suite)]


def _file(part: Part, checkout: Path) -> Path:
    return results_folder(checkout) / f"{part.name}.json"


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
    """Run a suite and print its output; how many tests passed, failed and were skipped."""
    counts: Counter[str] = Counter()
    for part in parts_of(suite):
        counts.update(_run_part(part, suite, checkout, arguments, env))
    return counts


def _run_part(
    part: Part, suite: Suite, checkout: Path, arguments: Sequence[str], env: Mapping[str, str]
) -> Counter[str]:
    """Run a part of a suite; return its counts.

    A process that ended otherwise than pytest does, with all its tests passed, failed once.
    """
    file = _file(part, checkout)
    file.unlink(missing_ok=True)
    command = [
        *(sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "chassis.testing.results"),
        *(suite.paths or (str(suite.folder.relative_to(checkout)),)),
        *(*part.chosen, *arguments),
    ]
    environment = {**os.environ, **env, **part.env, results.VARIABLE: str(file)}
    # Tests start more than a hundred programs; each would compile every module anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            command, cwd=checkout, env=environment, stdout=output, stderr=output, check=False
        )
        output.seek(0)
        print(f"== {part.name}\n{output.read().rstrip()}", flush=True)
    counts = results.read(file)[1]
    if done.returncode not in FINE and not counts["failed"]:
        counts["failed"] = 1
    return counts


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)
