"""What is configured, and where each value comes from."""

import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from chassis.config import callers
from chassis.config.checks import risks
from chassis.config.sections import SECTIONS, SERVICE, InstalledServices
from chassis.config.setting import REQUIRED, ConfigurationError, Setting
from chassis.doors import points
from chassis.spelling import meant

DEFAULT_FILE = "chambers.toml"
PREFIX = "CHAMBERS_"
_SIGNS_OF_PRODUCTION = {
    "bus.url": next(key for key in SECTIONS["bus"] if key.name == "url"),
    "public_url": next(key for key in SECTIONS[""] if key.name == "public_url"),
}


@dataclass(frozen=True)
class Row:
    """One setting as ``config show`` prints it; ``value`` is masked where it is secret."""

    key: str
    value: Any
    source: str
    about: str
    kind: str = "str"


class Configuration:
    """All sections; a value is read from its strongest source when it is asked for."""

    def __init__(
        self,
        written: Mapping[str, Any],
        env: Mapping[str, str],
        file: str = DEFAULT_FILE,
        services: Mapping[str, Sequence[Setting]] | None = None,
    ) -> None:
        self.file = file
        self.services = InstalledServices() if services is None else services
        self._written = written
        self._env = env

    def get(self, name: str) -> Any:
        """Return the value of ``"bus.url"`` or ``"public_url"``.

        Raises ConfigurationError where it is missing or wrong, KeyError for an unknown name.
        """
        section, _, key = name.rpartition(".")
        # Looking at a service's own keys imports the service: not for what none has of its own.
        shared = section in self.services and section not in points() and key == "database_url"
        for known in SERVICE if shared else self.keys_of(section):
            if known.name == key:
                return self._resolve(section, known)[0]
        raise KeyError(name)

    def service(self, name: str) -> Mapping[str, Any]:
        """Return a service's section, read-only. Raises ConfigurationError, KeyError if unknown."""
        values = {key.name: self._resolve(name, key)[0] for key in self.keys_of(name)}
        return MappingProxyType(values)

    def keys_of(self, section: str) -> tuple[Setting, ...]:
        """Return the settings of ``section`` ("" for the top). Raises KeyError if unknown."""
        if section in SECTIONS:
            return SECTIONS[section]
        own = self.services[section]
        if section in points():
            return tuple(own)  # it has no database, and hears no message
        return (*(key for key in SERVICE if key.name not in {mine.name for mine in own}), *own)

    def callers(self) -> list[callers.Admitted]:
        """Return others' services that may call some of ours. Raises ConfigurationError."""
        return list(callers.admitted(self._written, self._env, self.file))

    def explain(self) -> list[Row]:
        """Return every setting with its masked value and where that comes from."""
        rows = []
        for section, key in self._keys_in([*SECTIONS, *self.services]):
            try:
                value, source = self._resolve(section, key)
            except ConfigurationError as error:
                value, source = f"({error})", "wrong"
            name = _dotted(section, key.name)
            rows.append(Row(name, key.shown(value), source, key.about, key.kind))
        return rows + self._explain_callers()

    def _explain_callers(self) -> list[Row]:
        try:
            return [
                Row(_dotted(callers.SECTION, one.name), one.written, one.source, callers.ABOUT)
                for one in self.callers()
            ]
        except ConfigurationError as error:
            return [Row(callers.SECTION, f"({error})", "wrong", callers.ABOUT)]

    def problems(self, services: Sequence[str] | None = None) -> list[str]:
        """Return what has to be put right before anything starts, a sentence each; empty when fine.

        Looks only at the sections of ``services`` where they are given, beside the chassis' own.
        """
        looked_at = [*SECTIONS, *(self.services if services is None else services)]
        found = [*self._unknown_in_file(looked_at), *self._unknown_in_environment(looked_at)]
        values: dict[str, Any] = {}
        for section, key in self._keys_in(looked_at):
            try:
                values[_dotted(section, key.name)] = self._resolve(section, key)[0]
            except ConfigurationError as error:
                found.append(str(error))
        try:
            self.callers()
        except ConfigurationError as error:
            found.append(str(error))
        return found + risks(values)

    @property
    def is_for_others(self) -> bool:
        """Whether others than whoever tries it out use it, as a broker or an address says."""
        signs = _SIGNS_OF_PRODUCTION.items()
        return not all(key.is_for_trial(self.get(name)) for name, key in signs)

    def trial_parts(self, services: Sequence[str] | None = None) -> list[str]:
        """Return what an installation that others use would run on by mistake, a sentence each.

        Empty as long as nothing says that others use it: a broker, or an address off this machine.
        """
        if not self.is_for_others:
            return []
        looked_at = [*SECTIONS, *(self.services if services is None else services)]
        return [
            f"{_dotted(section, key.name)} is for trying out: {key.shown(value)} ({source});"
            f" set it in {self.file} or as {variable(section, key.name)}"
            for section, key in self._keys_in(looked_at)
            for value, source in [self._resolve(section, key)]
            if key.is_for_trial(value)
        ]

    def _keys_in(self, sections: Iterable[str]) -> Iterator[tuple[str, Setting]]:
        for section in sections:
            for key in self.keys_of(section):
                yield section, key

    def _resolve(self, section: str, key: Setting) -> tuple[Any, str]:
        """Return value and source. Raises ConfigurationError naming the key and the source."""
        written, source = self._strongest(section, key)
        if written is REQUIRED:
            raise ConfigurationError(
                f"{_dotted(section, key.name)} is missing: set it in {self.file}"
                f" or as {variable(section, key.name)}"
            )
        try:
            return key.read(written), source
        except ConfigurationError as error:
            raise ConfigurationError(f"{_dotted(section, key.name)} {error} ({source})") from None

    def _strongest(self, section: str, key: Setting) -> tuple[Any, str]:
        name = variable(section, key.name)
        if name in self._env:
            return self._env[name], f"environment {name}"
        if f"{name}_FILE" in self._env:
            return _content(self._env[f"{name}_FILE"]), f"environment {name}_FILE"
        table = self._written.get(section, {}) if section else self._written
        if isinstance(table, Mapping) and key.name in table:
            return table[key.name], self.file
        return self._filled(section, key.default), "default"

    def _filled(self, section: str, default: Any) -> Any:
        """Return the default with the data directory and the service's name filled in."""
        if not isinstance(default, str) or "{" not in default:
            return default
        data_dir = self.get("data_dir") if "{data_dir}" in default else ""
        return default.replace("{data_dir}", str(data_dir)).replace("{service}", section)

    def _unknown_in_file(self, looked_at: Sequence[str]) -> Iterator[str]:
        for name, value in self._written.items():
            if name == callers.SECTION:
                continue
            if not isinstance(value, Mapping):
                if name not in (known := {key.name for key in SECTIONS[""]}):
                    guess = meant(name, known)
                    yield f"{self.file}: there is no setting {name!r} at the top{guess}"
            elif not self._is_section(name):
                guess = meant(name, [*filter(None, SECTIONS), *self.services, *self.elsewhere()])
                yield f"{self.file}: there is no section [{name}] and no such service{guess}"
            elif name in looked_at:
                known = {key.name for key in self.keys_of(name)}
                for key in sorted(set(value) - known):
                    guess = meant(key, known)
                    yield f"{self.file}: section [{name}] has no setting {key!r}{guess}"

    def _is_section(self, name: str) -> bool:
        return bool(name) and (name in (*SECTIONS, *self.services) or name in self.elsewhere())

    def elsewhere(self) -> set[str]:
        """Return the services of machines that share this file."""
        services = self.services
        return services.elsewhere() if isinstance(services, InstalledServices) else set()

    def _unknown_in_environment(self, looked_at: Sequence[str]) -> Iterator[str]:
        """Only in sections looked at: one environment may serve several services' processes."""
        known = {variable(section, key.name) for section, key in self._keys_in(looked_at)}
        sections = tuple(variable(name, "") for name in looked_at if name)
        for name in sorted(self._env):
            if name.startswith(sections) and name.removesuffix("_FILE") not in known:
                yield f"environment {name} is not a setting"


def load(
    path: str | Path | None = None,
    env: Mapping[str, str] | None = None,
    services: Mapping[str, Sequence[Setting]] | None = None,
) -> Configuration:
    """Read the configuration: ``path``, else CHAMBERS_CONFIG, else ./chambers.toml if it is there.

    ``env`` defaults to the process' environment, ``services`` (name -> own keys) to what is
    installed. Raises ConfigurationError for a named file that is missing or no TOML.
    """
    env = os.environ if env is None else env
    named = str(path) if path else env.get("CHAMBERS_CONFIG", "")
    file = named or DEFAULT_FILE
    if not named and not Path(file).exists():
        return Configuration({}, env, file, services)
    try:
        return Configuration(tomllib.loads(Path(file).read_text()), env, file, services)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"cannot read {file}: {error}") from error


def variable(section: str, key: str) -> str:
    """Return the environment variable of a setting: CHAMBERS_BUS_URL."""
    return f"{PREFIX}{section}_{key}".upper() if section else f"{PREFIX}{key}".upper()


def _dotted(section: str, key: str) -> str:
    return f"{section}.{key}" if section else key


def _content(path: str) -> str:
    """Return a secret kept in a file, as container platforms hand them out."""
    try:
        return Path(path).read_text().strip()
    except OSError as error:
        raise ConfigurationError(f"cannot read {path}: {error.strerror}") from error
