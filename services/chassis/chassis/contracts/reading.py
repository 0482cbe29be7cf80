"""What one service promises and needs, read from its class, its events and its sources."""

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, is_dataclass
from importlib import metadata
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

from marshmallow import fields

from chassis.errors import AddressRefused, ChassisError
from chassis.message_spec import MessageSpec
from chassis.remote import Remote
from chassis.schemas import Email

_METHOD = re.compile(r"[a-z]+(_[a-z]+)+")


@dataclass(frozen=True)
class RemoteCall:
    """A call of another service, as it stands in the source."""

    target: str
    method: str
    arguments: frozenset[str]
    open: bool  # more arguments come by ``**``
    place: str  # file:line


@dataclass(frozen=True)
class ServiceSource:
    """One service, read but not running."""

    name: str
    version: str
    about: str
    messages: tuple[MessageSpec, ...]
    events: tuple[type, ...] = ()
    calls: tuple[RemoteCall, ...] = ()
    errors: tuple[type[ChassisError], ...] = field(default=())

    def of_kind(self, *kinds: str) -> list[MessageSpec]:
        """Return its messages of those kinds, by name."""
        return [message for message in self.messages if message.kind in kinds]

    def method(self, name: str) -> MessageSpec | None:
        """Return the command or query of that name."""
        return next((m for m in self.of_kind("command", "query") if m.name == name), None)


def installed() -> dict[str, ServiceSource]:
    """Return every installed service by name, sorted."""
    points = metadata.entry_points(group="chambers.services")
    return {point.name: read(point.load()) for point in sorted(points, key=lambda p: p.name)}


def read(service: type) -> ServiceSource:
    """Return what ``service`` promises and needs."""
    name: str = service.name  # type: ignore[attr-defined]
    package = service.__module__.partition(".")[0]
    remotes = {key: value.target for key, value in _attributes(service) if _is_remote(value)}
    found = (getattr(value, "chassis_message", None) for _, value in _attributes(service))
    messages = tuple(sorted((spec for spec in found if spec), key=lambda spec: spec.name))
    return ServiceSource(
        name=name,
        version=_version(package),
        about=inspect.cleandoc(service.__doc__ or ""),
        messages=messages,
        events=tuple(_events(package)),
        calls=tuple(_calls(package, remotes)),
        errors=tuple(_errors(package, messages)),
    )


def _attributes(service: type) -> list[tuple[str, Any]]:
    return [(name, getattr(service, name)) for name in dir(service) if not name.startswith("__")]


def _is_remote(value: Any) -> bool:
    return isinstance(value, Remote)


def _version(package: str) -> str:
    try:
        return metadata.version(f"chambers-{package}")
    except metadata.PackageNotFoundError:
        return "0"


def _events(package: str) -> list[type]:
    """Return the dataclasses with a TYPE that the package's own modules define, by it."""
    found = (kind for kind in _classes(package) if is_dataclass(kind) and hasattr(kind, "TYPE"))
    return sorted(found, key=lambda kind: kind.TYPE)


def _errors(package: str, messages: tuple[MessageSpec, ...]) -> list[type[ChassisError]]:
    """Return the error classes that the package's own modules define, by code.

    Whoever takes an e-mail address refuses some by a code of the chassis.
    """
    errors = (kind for kind in _classes(package) if issubclass(kind, ChassisError))
    # One that narrows another travels under its code, and is the same to whoever asked.
    found = {kind.code: kind for kind in errors if "code" in vars(kind)}
    if any(_takes_email(spec.request) for spec in messages if spec.kind in ("command", "query")):
        found[AddressRefused.code] = AddressRefused
    return [found[code] for code in sorted(found)]


def _classes(package: str) -> Iterator[type]:
    """Yield every class that a module of the package defines: its service has imported them."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == package:
            for kind in list(vars(module).values()):
                if isinstance(kind, type) and kind.__module__ == name:
                    yield kind


def _takes_email(schema: Any) -> bool:
    """Return whether a field of the schema, or of one inside it, is an address."""
    inside = (getattr(field, "inner", field) for field in schema.fields.values())
    return any(
        isinstance(field, Email)
        or (isinstance(field, fields.Nested) and _takes_email(field.schema))
        for field in inside
    )


def _calls(package: str, remotes: dict[str, str]) -> Iterator[RemoteCall]:
    """Yield every call of another service in the package's sources."""
    spec = find_spec(package)
    if spec is None or spec.origin is None or not remotes:
        return
    folder = Path(spec.origin).parent
    names = {*remotes, *remotes.values()}
    for path in sorted(folder.rglob("*.py")):
        source = path.read_text()
        if not any(name in source for name in names):
            continue  # most files call nobody, and need not be parsed
        tree = ast.parse(source)
        imported = set(_imported(tree))
        file = path.relative_to(folder.parent)
        for node in ast.walk(tree):
            place = f"{file}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                target = _target(node.func.value, remotes, imported)
                if target is not None:
                    yield _call(node, target, node.func.attr, place)
            yield from _named(node, set(remotes.values()), place)


def _named(node: ast.AST, targets: set[str], place: str) -> Iterator[RemoteCall]:
    """Yield a service and a method named one after the other, for a call made by name later."""
    parts = getattr(node, "args", None) if isinstance(node, ast.Call) else None
    if isinstance(node, ast.Tuple):
        parts = node.elts
    texts = [part.value if isinstance(part, ast.Constant) else None for part in parts or ()]
    for target, method in pairwise(texts):
        if target in targets and isinstance(method, str) and _METHOD.fullmatch(method):
            yield RemoteCall(str(target), method, frozenset(), True, place)


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                yield (alias.asname or alias.name).partition(".")[0]


def _target(callee: ast.expr, remotes: dict[str, str], imported: set[str]) -> str | None:
    """Return the service behind ``self.identity`` or a local ``identity``, if it is one."""
    if isinstance(callee, ast.Attribute):
        return remotes.get(callee.attr)
    if isinstance(callee, ast.Name) and callee.id not in imported:
        return remotes.get(callee.id)
    return None


def _call(node: ast.Call, target: str, method: str, place: str) -> RemoteCall:
    names = {keyword.arg for keyword in node.keywords}
    given = frozenset(name for name in names if name and name != "idempotency_key")
    return RemoteCall(target, method, given, None in names, place)
