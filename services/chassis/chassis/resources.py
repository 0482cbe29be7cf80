"""Where a service's own files are: in a checkout beside its package, in a wheel inside it."""

from importlib.util import find_spec
from pathlib import Path


def checkout() -> Path | None:
    """Return the checkout that the chassis runs from; None when it is installed from a wheel."""
    root = Path(__file__).resolve().parents[3]
    return root if (root / "services" / "chassis").is_dir() else None


def migrations_path(service: str) -> Path:
    """Return the folder that holds ``versions/``.

    Raises FileNotFoundError for a service without one.
    """
    return _found(service, "migrations", "_migrations")


def contract_path(service: str) -> Path:
    """Return the service's ``asyncapi.json``, which may not have been generated yet."""
    package = _package(service)
    inside = package / "asyncapi.json"
    return inside if inside.exists() else package.parent / "asyncapi.json"


def _found(service: str, beside: str, inside: str) -> Path:
    package = _package(service)
    for path in (package / inside, package.parent / beside):
        if path.is_dir():
            return path
    raise FileNotFoundError(f"{service} brings no {beside}")


def _package(service: str) -> Path:
    spec = find_spec(service)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"{service} is not installed here")
    return Path(spec.origin).parent
