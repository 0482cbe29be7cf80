"""The sources of the checkout, as the tests of this folder read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_RUN = sorted(
    path.name
    for path in (ROOT / "services").iterdir()
    if (path / path.name / "service.py").exists() and path.name != "chassis"
)
SERVICES = [name for name in _RUN if (ROOT / "services" / name / "migrations").exists()]
DOORS = [name for name in _RUN if name not in SERVICES]
PACKAGES = [*SERVICES, *DOORS, "chassis", "onboarding"]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def package_files(name: str, *under: str) -> list[Path]:
    """The modules of one package, without its tests and migrations."""
    return sorted((ROOT / "services" / name / name).joinpath(*under).rglob("*.py"))


def service_files() -> list[Path]:
    return [path for name in SERVICES for path in package_files(name)]


def product_files() -> list[Path]:
    return [path for name in PACKAGES for path in package_files(name)]


@cache
def tracked() -> list[Path]:
    """Every file that git knows, and that is still there."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    paths = (ROOT / name for name in listing.stdout.split("\0") if name)
    return sorted({path for path in paths if path.is_file()})


@cache
def imports(path: Path) -> tuple[str, ...]:
    """The dotted names that a module imports, also inside functions."""
    found: list[str] = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += (f"{node.module}.{alias.name}" for alias in node.names)
    return tuple(found)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def place(path: Path, line: int | None = None) -> str:
    name = str(path.relative_to(ROOT))
    return name if line is None else f"{name}:{line}"
