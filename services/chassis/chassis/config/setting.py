"""One setting: its name, its type, its default, and how a written value is read."""

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Final


class _Required(Enum):
    """The default of a setting that has none."""

    REQUIRED = "required"


REQUIRED: Final = _Required.REQUIRED

_NAMES: dict[Any, str] = {str: "str", int: "int", float: "float", bool: "bool", Path: "path"}
_KINDS = ("str", "int", "float", "bool", "path", "duration")
_SECONDS = {"": 1.0, "ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|)")
_TRUE, _FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


class ConfigurationError(Exception):
    """A setting is missing or cannot be read; the message says which and what to write."""


@dataclass(frozen=True)
class Setting:
    """A setting that a section knows.

    ``kind`` is one of str, int, float, bool, path, duration (the type itself will do for the
    first five); a duration is read as ``90``, ``"90s"``, ``"15m"``, ``"2h"`` or ``"30d"`` and is
    a float of seconds. A ``secret`` is never shown. ``trial`` is a pattern: values that match it
    are for trying out, and not for an installation that others use. ``goes_with`` is a setting of
    the section that makes no sense there without this one.
    """

    name: str
    kind: Any
    default: Any = REQUIRED
    secret: bool = False
    about: str = ""
    choices: tuple[str, ...] = ()
    trial: str = ""
    goes_with: str = ""

    def __post_init__(self) -> None:
        kind = _NAMES.get(self.kind, self.kind)
        if kind not in _KINDS:
            raise ValueError(f"{self.name}: a setting's kind is one of {', '.join(_KINDS)}")
        object.__setattr__(self, "kind", kind)

    def read(self, written: Any) -> Any:
        """Return the value behind what a file or the environment says.

        Raises ConfigurationError.
        """
        value = _read(self.kind, written)
        if value is None:
            raise ConfigurationError(f"must be {_EXPECTED[self.kind]}, not {self.shown(written)!r}")
        if self.choices and value not in self.choices:
            raise ConfigurationError(
                f"must be one of {', '.join(self.choices)}, not {self.shown(written)!r}"
            )
        return value

    def is_for_trial(self, value: Any) -> bool:
        """Return whether ``value`` is one for trying out only."""
        return bool(self.trial and re.fullmatch(self.trial, str(value)))

    def shown(self, value: Any) -> Any:
        """Return ``value`` fit for a screen: secrets and passwords inside URLs are masked."""
        if self.secret and value not in ("", None):
            return MASK
        return mask_url(value) if isinstance(value, str) else value


MASK = "********"
_PASSWORD = re.compile(r"(?<=://)([^:/@\s]*):([^@\s]*)@")
_EXPECTED = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "path": "a path",
    "duration": 'a time such as 90, "90s", "15m", "2h" or "30d"',
}


def mask_url(text: str) -> str:
    """Return ``text`` with the password of every URL in it masked."""
    return _PASSWORD.sub(rf"\1:{MASK}@", text)


def _read(kind: str, written: Any) -> Any:
    """Return the value, or None where ``written`` is not of that kind."""
    if kind in ("str", "path"):
        text = isinstance(written, str | Path)
        return (Path(written) if kind == "path" else str(written)) if text else None
    if kind == "bool":
        return _bool(written)
    if isinstance(written, bool):
        return None
    return _duration(written) if kind == "duration" else _number(kind, written)


def _bool(written: Any) -> bool | None:
    word = str(written).strip().lower()
    if word in _TRUE:
        return True
    return False if word in _FALSE else None


def _number(kind: str, written: Any) -> float | None:
    try:
        number = float(written)
    except (TypeError, ValueError):
        return None
    if kind == "float":
        return number
    return int(number) if number.is_integer() else None


def _duration(written: Any) -> float | None:
    if isinstance(written, int | float):
        return float(written) if written >= 0 else None
    match = _DURATION.fullmatch(str(written).strip())
    return float(match[1]) * _SECONDS[match[2]] if match else None
