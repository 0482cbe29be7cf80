"""Services of others that the operator admits: ``[callers]``, a list of entrypoints per name."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from chassis.config.setting import ConfigurationError

SECTION = "callers"
ABOUT = "entrypoints that this service of others may call"
QUERIES = "*"  # every query of a service that takes services
_PREFIX = "CHAMBERS_CALLERS_"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_ENTRYPOINT = re.compile(r"([a-z][a-z0-9_]*)\.(\*|[a-z][a-z0-9_]*)")
_EXPECTED = 'must be entrypoints such as ["identity.get_account", "groups.*"]'


class Admitted(NamedTuple):
    """One service of others, and the entrypoints it may call: ``("groups", "get_firm")``."""

    name: str
    entrypoints: tuple[tuple[str, str], ...]
    source: str

    @property
    def written(self) -> str:
        """The entrypoints as one writes them."""
        return ", ".join(f"{service}.{method}" for service, method in self.entrypoints)

    def of(self, service: str) -> frozenset[str]:
        """Return the names, or ``*``, of that service's entrypoints."""
        return frozenset(method for target, method in self.entrypoints if target == service)


def admitted(written: Mapping[str, Any], env: Mapping[str, str], file: str) -> Iterator[Admitted]:
    """Yield whom file and environment admit, the environment stronger.

    Raises ConfigurationError.
    """
    section = written.get(SECTION, {})
    if not isinstance(section, Mapping):
        raise ConfigurationError(f"{SECTION} must be a section ({file})")
    said = {str(name): (value, file) for name, value in section.items()}
    for variable in sorted(name for name in env if name.startswith(_PREFIX)):
        name = variable.removeprefix(_PREFIX).lower()
        said[name] = re.split(r"[\s,]+", env[variable].strip()), f"environment {variable}"
    for name, (value, source) in sorted(said.items()):
        try:
            yield Admitted(name, _entrypoints(name, value), source)
        except ConfigurationError as error:
            raise ConfigurationError(f"{SECTION}.{name} {error} ({source})") from None


def _entrypoints(name: str, value: Any) -> tuple[tuple[str, str], ...]:
    if not _NAME.fullmatch(name):
        raise ConfigurationError("cannot be a service's name: a-z, 0-9 and _, 40 at most")
    if name == "operator":
        raise ConfigurationError("cannot be: the operator is no service")
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ConfigurationError(_EXPECTED)
    found = [_ENTRYPOINT.fullmatch(one) for one in value]
    if None in found:
        raise ConfigurationError(_EXPECTED)
    return tuple((one[1], one[2]) for one in found if one)
