"""Whom somebody wants to invite, as they typed it: one person, or one on each line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# "Ana Meyer <ana@…>", and what spreadsheets and address books give: "Ana Meyer, ana@…".
_LINE = re.compile(r"(?P<name>.*?)[\s,;<]*(?P<email>[^\s<>,;]+@[^\s<>,;]+)[\s>,;]*")


@dataclass(frozen=True)
class Guest:
    """A person to invite; what could not be read of a line is left to the service to refuse."""

    name: str
    email: str

    @property
    def typed(self) -> str:
        """What stands for them in a list."""
        return f"{self.name} <{self.email}>" if self.name else self.email

    def as_person(self, role: str, **more: Any) -> dict[str, Any]:
        """Return the fields of an invitation."""
        return {"name": self.name, "email": self.email, "role": role, **more}


def read(typed: Mapping[str, str]) -> list[Guest]:
    """Return everybody who was typed: from the list if there is one, else the one person."""
    if typed["people"]:
        return [_read_line(line) for line in typed["people"].splitlines() if line.strip()]
    return [Guest(typed["name"], typed["email"])]


def _read_line(line: str) -> Guest:
    found = _LINE.fullmatch(line.strip())
    if found is None:
        return Guest("", line.strip())
    return Guest(found["name"].strip(" \t\"'"), found["email"])
