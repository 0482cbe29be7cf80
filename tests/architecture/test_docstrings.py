"""A function's docstring begins with what it does: a verb, in the form of an order."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGES, package_files, place, tree

Function = ast.FunctionDef | ast.AsyncFunctionDef

NO_VERBS = {
    *("a", "an", "the", "this", "that", "these", "those", "its", "it", "they", "their", "there"),
    *("one", "two", "each", "all", "every", "another", "other", "others", "some", "most", "many"),
    *("nothing", "nobody", "somebody", "everybody", "everything", "something", "no"),
    *("what", "who", "whose", "whom", "whoever", "whatever", "whichever", "which"),
    *("how", "where", "when", "whether", "why", "while", "meanwhile", "until", "once"),
    *("as", "like", "so", "or", "and", "but", "if", "not", "now", "only", "both", "also", "to"),
    *("from", "with", "without", "by", "for", "in", "on", "of", "at", "after", "before", "between"),
    *("around", "below", "above", "left", "held", "called", "built", "made", "must", "may", "can"),
    *("returns", "raises", "selects", "yields", "refuses", "marks", "calls", "questions"),
}
WORD = re.compile(r"[A-Z][a-z]+\b")


def public_functions(body: list[ast.stmt]) -> Iterator[Function]:
    """Yield functions of a module and methods of its classes, without what is nested in these."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from public_functions(node.body)
        elif isinstance(node, Function) and not node.name.startswith("_"):
            yield node


def is_property(function: Function) -> bool:
    """Return whether it is read like an attribute, and so described like one."""
    return any("property" in ast.unparse(one).split("(")[0] for one in function.decorator_list)


def begins_with_a_verb(docstring: str) -> bool:
    word = WORD.match(docstring)
    return word is not None and word.group().lower() not in NO_VERBS


def without_a_verb(module: ast.Module) -> Iterator[Function]:
    for function in public_functions(module.body):
        docstring = ast.get_docstring(function)
        if docstring and not is_property(function) and not begins_with_a_verb(docstring):
            yield function


def found_in(files: list[Path]) -> list[str]:
    return [
        f"{place(path, function.lineno)} {function.name}"
        for path in files
        for function in without_a_verb(tree(path))
    ]


@pytest.mark.parametrize("package", PACKAGES)
def test_a_public_functions_docstring_begins_with_a_verb(package):
    assert found_in(package_files(package)) == []


def test_a_docstring_that_begins_otherwise_is_found():
    module = ast.parse(
        '''
def price(): """The price, in minor units."""
def told(): """Returns whether they were told."""
def known(): """``name``, or None."""
def counted(): """3 when nobody answers."""
def find(): """Return the price."""
def silent(): ...
def _hidden(): """The price, for the module itself."""
def outer():
    """Yield, for each name, its price."""
    def inner(): """The price of one."""

class Account:
    """An account."""
    @property
    def name(self): """The name, as it is shown."""
    def firm(self): """Where the account works."""
    async def wait(self): """Wait for it."""
'''
    )

    names = [function.name for function in without_a_verb(module)]

    assert names == ["price", "told", "known", "counted", "firm"]
