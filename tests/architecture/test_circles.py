"""No module of the chassis needs one that needs it."""

from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.architecture.sources import ROOT, imports, package_files


def module_of(path: Path) -> str:
    """The dotted name of a module of the chassis."""
    parts = path.relative_to(ROOT / "services/chassis").with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def needed_by_each() -> dict[str, set[str]]:
    """Per module those that it imports, also inside functions and for types alone."""
    modules = {module_of(path): path for path in package_files("chassis")}
    return {
        module: {
            name if name in modules else name.rpartition(".")[0]
            for name in imports(path)
            if name in modules or name.rpartition(".")[0] in modules
        }
        - {module}
        for module, path in modules.items()
    }


def circle_in(needs: dict[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_the_imports_of_the_chassis_are_no_circle():
    needs = needed_by_each()

    assert "chassis.store" in needs["chassis.database"], "imports are not found any more"
    assert circle_in(needs) == []


def test_a_circle_would_be_found():
    assert circle_in({"a": {"b"}, "b": {"c"}, "c": {"a"}}) != []
