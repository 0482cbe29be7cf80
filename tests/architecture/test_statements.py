"""Statements are built once: a query that is built for each call costs as much again as it runs."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.architecture.sources import SERVICES, package_files

BUILDS = {"select", "insert", "update", "delete", "union_all", "exists"}


def built_for_each_call(modules: Mapping[Path, str]) -> list[str]:
    """Name the functions, by file, that build a statement whenever they are called.

    That is one with a session, and whatever it calls; not what is cached, nor what is only called
    where modules are read.
    """
    known = [(path, one) for path, source in modules.items() for one in _functions(source)]
    waiting = [
        (path, one) for path, one in known if "session" in {arg.arg for arg in one.args.args}
    ]
    met: list[tuple[Path, ast.FunctionDef]] = []
    while waiting:
        path, function = waiting.pop()
        met.append((path, function))
        called = {ast.unparse(call.func) for call in _calls(function)}
        waiting += [
            (other, one)
            for other, one in known
            if (other == path and one.name in called)
            or any(name.endswith(f".{one.name}") for name in called)
            if (other, one) not in (*met, *waiting)
        ]
    return [f"{path.name} {one.name}" for path, one in met if any(map(_builds, _calls(one)))]


def _functions(source: str) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and not _is_cached(node):
            yield node


def _calls(function: ast.FunctionDef) -> list[ast.Call]:
    return [node for node in ast.walk(function) if isinstance(node, ast.Call)]


def _is_cached(function: ast.FunctionDef) -> bool:
    return any("cache" in ast.unparse(one) for one in function.decorator_list)


def _builds(call: ast.Call) -> bool:
    module, _, name = ast.unparse(call.func).rpartition(".")
    return module == "sa" and name in BUILDS


def storages(service: str) -> list[Path]:
    return [path for path in package_files(service) if path.stem.endswith("storage")]


@pytest.mark.parametrize("service", SERVICES)
def test_no_storage_builds_a_statement_for_each_call(service):
    modules = {path: path.read_text() for path in storages(service)}

    assert len(modules) > 2
    assert built_for_each_call(modules) == []


def test_what_is_built_for_a_call_is_found_also_where_it_is_called():
    source = """
def find(session):
    return session.scalar(_one())

def _one():
    return sa.select(t).where(_seen())

@cache
def _two():
    return sa.select(t)

def later():
    return sa.select(t)
"""
    assert built_for_each_call({Path("storage.py"): source}) == ["storage.py _one"]
