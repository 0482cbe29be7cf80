"""Which statements of docs/requirements.md are proven, and by which tests.

Statements are read from the document, marks from the sources of the tests, and whether those
tests passed from the results of the last run.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from chassis.testing.results import RanTest

STATEMENT = re.compile(r"^(?:- (S\d-\d\d|T\d\d|F\d\d\d) |\| ([DQ]\d+) \| )(.*)$")
GROUPS = ("S1", "S2", "S3", "S4", "S5", "D", "Q", "T", "F")


@dataclass(frozen=True)
class Statement:
    """One line of the document."""

    id: str
    text: str

    @property
    def group(self) -> str:
        """``S1`` for S1-43, ``T`` for T05."""
        return self.id.partition("-")[0] if self.id[0] == "S" else self.id[0]


@dataclass(frozen=True)
class Mark:
    """``@pytest.mark.proves("S1-43")`` on one test; ``test`` is ``path::Class::name``."""

    id: str
    test: str


@dataclass
class Evidence:
    """What speaks for a statement: the tests that name it, and where they passed."""

    statement: Statement
    tests: list[str]
    proven: bool
    stacks: set[str] = field(default_factory=set)


def statements(document: str) -> list[Statement]:
    """Return every statement of the document, in its order."""
    found = (STATEMENT.match(line) for line in document.splitlines())
    return [Statement(m[1] or m[2], m[3].strip(" |")) for m in found if m]


def marks(checkout: Path) -> list[Mark]:
    """Return every mark on a test, on its class or on its module."""
    files = [*checkout.glob("services/*/tests/**/test_*.py"), *checkout.glob("tests/**/test_*.py")]
    return [
        Mark(statement, "::".join([str(file.relative_to(checkout)), *names]))
        for file in sorted(files)
        for names, statement in _marks_in(ast.parse(file.read_text()))
    ]


def unknown(document: Iterable[Statement], found: Iterable[Mark]) -> list[Mark]:
    """Return marks that name a statement the document does not have."""
    known = {statement.id for statement in document}
    return [mark for mark in found if mark.id not in known]


def weigh(
    document: Iterable[Statement], found: Iterable[Mark], outcomes: list[RanTest] | None
) -> list[Evidence]:
    """Return what is proven: by a test that names it, and in the last run passed wherever it ran.

    Without a last run (None) a mark is taken at its word.
    """
    tests: dict[str, list[str]] = {}
    for mark in found:
        tests.setdefault(mark.id, []).append(mark.test)
    return [_evidence(statement, tests.get(statement.id, []), outcomes) for statement in document]


def _evidence(statement: Statement, tests: list[str], outcomes: list[RanTest] | None) -> Evidence:
    if outcomes is None:
        return Evidence(statement, tests, bool(tests))
    ran = [outcome for outcome in outcomes if outcome.test in tests]
    passed = [outcome for outcome in ran if outcome.result == "passed"]
    failed = any(outcome.result == "failed" for outcome in ran)
    stacks = {outcome.stack or "domain" for outcome in passed}
    return Evidence(statement, tests, bool(passed) and not failed, stacks)


def _marks_in(module: ast.Module) -> Iterator[tuple[list[str], str]]:
    whole = [id for node in module.body for id in _pytestmark(node)]
    for node in module.body:
        if isinstance(node, ast.ClassDef):
            on_class = (
                whole + _decorated(node) + [i for line in node.body for i in _pytestmark(line)]
            )
            for method in node.body:
                yield from _of_test(method, [node.name], on_class)
        else:
            yield from _of_test(node, [], whole)


def _of_test(
    node: ast.stmt, outer: list[str], inherited: list[str]
) -> Iterator[tuple[list[str], str]]:
    if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
        for statement in [*inherited, *_decorated(node)]:
            yield [*outer, node.name], statement


def _decorated(node: ast.FunctionDef | ast.ClassDef) -> list[str]:
    return [statement for decorator in node.decorator_list for statement in _proves(decorator)]


def _pytestmark(node: ast.stmt) -> list[str]:
    """Return the ids in ``pytestmark = pytest.mark.proves(…)`` or a list of marks."""
    if not isinstance(node, ast.Assign) or ast.unparse(node.targets[0]) != "pytestmark":
        return []
    values = node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else [node.value]
    return [statement for value in values for statement in _proves(value)]


def _proves(node: ast.expr) -> list[str]:
    if not isinstance(node, ast.Call) or ast.unparse(node.func) != "pytest.mark.proves":
        return []
    return [str(argument.value) for argument in node.args if isinstance(argument, ast.Constant)]
