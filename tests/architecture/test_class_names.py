"""A class has its name for itself in its package: whoever greps for one finds one."""

import ast
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGES, imports, package_files, place, tree


def is_schemas(path: Path) -> bool:
    """Whether the module holds shapes, which are called in contracts as they are here."""
    return path.stem.rpartition("_")[2] == "schemas"


def public_classes(paths: Iterable[Path]) -> dict[str, list[Path]]:
    found = defaultdict(list)
    for path in paths:
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(path)
    return dict(found)


def standing_twice(paths: Iterable[Path]) -> list[str]:
    return [
        f"{name}: {', '.join(place(path) for path in there)}"
        for name, there in sorted(public_classes(paths).items())
        if len(there) > 1
    ]


@pytest.mark.parametrize("package", PACKAGES)
def test_no_class_name_stands_twice_in_one_package(package):
    files = package_files(package)

    assert standing_twice(path for path in files if not is_schemas(path)) == []
    assert standing_twice(path for path in files if is_schemas(path)) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_a_shape_called_like_what_it_shows_is_reached_through_its_module(package):
    """Contracts name the shape of a client Client, as rules do the client; its module tells."""
    files = package_files(package)
    shapes = public_classes(path for path in files if is_schemas(path))
    others = public_classes(path for path in files if not is_schemas(path))
    by_name = [
        f"{place(path)} imports {name}"
        for path in files
        if not is_schemas(path)
        for name in imports(path)
        if name.rpartition(".")[2] in shapes.keys() & others.keys()
        and name.split(".")[-2].endswith("schemas")
    ]

    assert by_name == []


def test_a_name_that_stands_twice_is_found(tmp_path):
    for module in ("one", "two"):
        (tmp_path / f"{module}.py").write_text("class Place: ...\nclass _Own: ...\n")

    assert list(public_classes(sorted(tmp_path.iterdir()))) == ["Place"]
    assert len(public_classes(tmp_path.iterdir())["Place"]) == 2
