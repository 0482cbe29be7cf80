"""Count which statements of docs/requirements.md are proven by tests, and on which stacks.

After chambers test, a statement counts when its tests passed in that run; before, when a test
names it. Exit code 1 when a test names a statement that does not exist.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chassis.testing.results import RanTest
    from chassis.testing.traceability import Evidence


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command line's arguments: how to print it."""
    parser.add_argument("--json", action="store_true", help="every statement, with its tests")
    parser.add_argument("--missing", action="store_true", help="list the statements not proven")


def run(args: argparse.Namespace) -> int:
    """Return 0; 1 when a mark names no statement."""
    from chassis.cli.outcome import NotSetUp
    from chassis.resources import checkout
    from chassis.testing import traceability

    root = checkout()
    if root is None:
        raise NotSetUp("statements are counted in a checkout, not from installed packages")
    document = traceability.statements((root / "docs" / "requirements.md").read_text())
    marks = traceability.marks(root)
    outcomes = _last_run(root)
    evidence = traceability.weigh(document, marks, outcomes)
    if args.json:
        _print_json(evidence)
    else:
        _print_table(evidence, outcomes is not None, missing=args.missing)
    strangers = traceability.unknown(document, marks)
    sys.stderr.write("".join(f"{m.test} names {m.id}, which is no statement\n" for m in strangers))
    return 1 if strangers else 0


def _last_run(root: Path) -> "list[RanTest] | None":
    from chassis.testing import results, suites

    files = sorted(suites.results_folder(root).glob("*.json"))
    if not files:
        return None
    return [outcome for file in files for outcome in results.read(file)[0]]


def _print_table(evidence: "list[Evidence]", ran: bool, *, missing: bool) -> None:
    from chassis.testing.traceability import GROUPS

    for group in GROUPS:
        of_group = [one for one in evidence if one.statement.group == group]
        print(f"{group:<3} {sum(one.proven for one in of_group):>3} / {len(of_group)}")
    basis = "in the last run" if ran else "by their marks; chambers test has not run here"
    print(f"    {sum(one.proven for one in evidence):>3} / {len(evidence)} proven {basis}")
    for stack in sorted({stack for one in evidence for stack in one.stacks}):
        count = sum(one.proven and stack in one.stacks for one in evidence)
        print(f"    {count:>3} by tests {_place(stack)}")
    if missing:
        for one in evidence:
            if not one.proven:
                print(f"{one.statement.id}\t{one.statement.text}")


def _place(stack: str) -> str:
    return "of the domain, or with a set-up of their own" if stack == "domain" else f"on {stack}"


def _print_json(evidence: "list[Evidence]") -> None:
    from chassis.cli.output import print_json

    print_json(
        [
            {
                "id": one.statement.id,
                "text": one.statement.text,
                "proven": one.proven,
                "stacks": sorted(one.stacks),
                "tests": one.tests,
            }
            for one in evidence
        ]
    )
