"""Statements are built once: a query that is built for each call costs as much again as it runs."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import SERVICES, package_files, place

BUILDS = {"select", "insert", "update", "delete", "union_all", "exists", "case"}


def built_for_each_call(source: str) -> Iterator[tuple[int, str]]:
    """Line and function of each statement that a function builds; a cached one builds it once.

    A job's pass begins with a Select of what is due, which ``chassis`` completes; what makes a
    ``Paged`` is called where modules are read.
    """
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef) or _is_built_once(function):
            continue
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and _builds(call.func):
                yield call.lineno, function.name


def _is_built_once(function: ast.FunctionDef) -> bool:
    if any("cache" in ast.unparse(one) for one in function.decorator_list):
        return True
    returned = ast.unparse(function.returns) if function.returns else ""
    return "Select" in returned or returned == "Paged"


def _builds(called: ast.expr) -> bool:
    return (
        isinstance(called, ast.Attribute)
        and ast.unparse(called.value) == "sa"
        and called.attr in BUILDS
    )


def storages(service: str) -> list[Path]:
    return [path for path in package_files(service) if path.stem.endswith("storage")]


@pytest.mark.parametrize("service", SERVICES)
def test_no_storage_builds_a_statement_for_each_call(service):
    found = [
        f"{place(path)}:{line} {name}"
        for path in storages(service)
        for line, name in built_for_each_call(path.read_text())
    ]

    assert storages(service)
    assert found == []


def test_a_statement_in_a_function_is_found():
    source = "def find(session):\n    return session.scalar(sa.select(t).where(t.c.id == 1))\n"

    assert list(built_for_each_call(source)) == [(2, "find")]
    assert list(built_for_each_call(f"@cache\n{source}")) == []
