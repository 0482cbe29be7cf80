"""One word per thing, and nothing that belongs to somebody's machine."""

import ast
import re

import pytest

from tests.architecture.sources import ROOT, package_files, place, product_files, tracked, tree

EMPTY = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc", "stuff"}
TEXT = {".py", ".md", ".toml", ".in", ".txt", ".json", ".yaml", ".yml", ".cfg", ".cjs", ".html", ""}
# Written apart, so that this file does not hold what it forbids.
MACHINE = [
    re.compile(pattern)
    for pattern in (
        r"(?<![\w.])/" + r"(?:work|home|root|Users)/",
        r"registry\." + r"npmjs|npm" + r"js\.org",
        r"(?:files\." + r"pythonhosted|pypi" + r"\.org)",
        r"--" + r"(?:extra-)?index-url",
        r"proxy\." + r"golang",
    )
]


def texts():
    return [path for path in tracked() if path.suffix in TEXT and path.stat().st_size < 1_000_000]


def test_no_file_has_a_name_that_says_nothing():
    named = [
        place(path)
        for path in tracked()
        if EMPTY & {part.partition(".")[0].lower() for part in path.relative_to(ROOT).parts}
    ]

    assert named == []


@pytest.mark.parametrize("pattern", MACHINE, ids=lambda pattern: pattern.pattern)
def test_no_file_names_a_machines_folders_or_a_package_registry(pattern):
    found = [
        f"{place(path, number)}: {line.strip()[:80]}"
        for path in texts()
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]

    assert found == []


def test_the_changelog_tells_of_the_contracts():
    changelog = next(path for path in tracked() if path.name == "CHANGELOG.md")

    assert re.search(r"^#+ .*Contracts", changelog.read_text(), re.MULTILINE)


def called(path, *names):
    """Calls of a function or method of one of these names, in one module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in names:
                yield node


@pytest.mark.proves("D4")
def test_no_table_is_called_group():
    tables = {
        call.args[0].value: place(path, call.lineno)
        for path in product_files()
        for call in called(path, "Table")
        if call.args and isinstance(call.args[0], ast.Constant)
    }

    assert {"firms", "members", "clients"} <= set(tables)
    assert [where for name, where in tables.items() if name in {"group", "groups"}] == []


@pytest.mark.proves("Q16")
def test_money_is_whole_minor_units_and_rounded_in_one_place():
    fractional = ("Float", "Numeric", "Double", "Decimal", "float", "round", "quantize")
    billing = [path for path in package_files("billing") if path.name != "money.py"]

    found = [place(path, call.lineno) for path in billing for call in called(path, *fractional)]
    shared = [
        place(path, node.lineno)
        for path in billing
        for node in ast.walk(tree(path))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.FloorDiv)
    ]

    assert found == []
    assert shared == []
