"""The file that describes a practice: firm, founder, members, and where its clients are."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from chassis.addresses import address_key
from onboarding.dates import ORDERS
from onboarding.encodings import known

ROLES = ("admin", "member", "practitioner", "billing_only")
CLIENT_STATUSES = ("active", "inactive", "prospect")
Line = tuple[str | None, int]  # of a clients' file; without its name where there is one file
LEVELS = {"silver": "pro_silver", "gold": "pro_gold"}
NAMESPACE = UUID("6f2f7d0e-3f6a-5d2b-9a57-2c1f5e0b7a11")


class PracticeProblem(ValueError):
    """The file cannot be used; ``problems`` has a sentence for everything that is wrong."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Colleague:
    """Somebody to invite."""

    name: str
    email: str
    role: str = "member"
    message: str | None = None

    def as_row(self) -> dict[str, Any]:
        """Return the row that groups.invite_members takes."""
        return {
            "name": self.name,
            "email": self.email,
            "role": self.role,
            "message": self.message,
        }


@dataclass(frozen=True)
class Practice:
    """``level`` is that of the licenses; ``plan`` is bought only where it is given.

    ``client_status`` is that of clients whose row says none: a firm's own are active. ``anyway``
    are lines that become clients although they resemble somebody.
    """

    path: Path
    firm: str
    founder: Colleague
    level: str = "silver"
    plan: str | None = None
    currency: str | None = None
    payment_method: str = "manual"
    country_code: str | None = None
    members: list[Colleague] = field(default_factory=list)
    clients: list[Path] = field(default_factory=list)
    client_status: str = "active"
    date_order: str | None = None
    encoding: str | None = None
    anyway: frozenset[Line] = frozenset()

    def key(self, step: str, content: str = "") -> str:
        """Return a step's idempotency key: the same for the same practice and content, for ever."""
        return str(uuid5(NAMESPACE, f"{self.founder.email}|{self.firm}|{step}|{content}"))

    @property
    def people(self) -> dict[str, str]:
        """Everybody's address by their name in small letters."""
        return {one.name.lower(): one.email for one in (self.founder, *self.members)}


def read_practice(path: Path) -> Practice:
    """Return the practice in a TOML file. Raises PracticeProblem, OSError."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PracticeProblem([f"{path.name} is no TOML: {error}"]) from error
    reader = _Reader(written)
    practice = Practice(
        path=path,
        firm=reader.text("firm"),
        founder=reader.person(reader.table("founder"), "founder", role="admin"),
        level=reader.choice("level", tuple(LEVELS), "silver"),
        plan=reader.optional("plan"),
        currency=reader.optional("currency"),
        payment_method=reader.optional("payment_method") or "manual",
        country_code=reader.optional("country_code"),
        members=reader.members(),
        clients=[path.parent / name for name in reader.texts("clients")],
        client_status=reader.choice("client_status", CLIENT_STATUSES, "active"),
        date_order=reader.choice("date_order", ORDERS, "") or None,
        encoding=reader.encoding(),
    )
    for sheet in practice.clients:
        if not sheet.is_file():
            reader.problems.append(f"clients: there is no file {sheet}")
    reader.distinct([practice.founder, *practice.members])
    reader.unknown()
    if reader.problems:
        raise PracticeProblem(reader.problems)
    return practice


class _Reader:
    """Takes a table apart and collects everything that is wrong with it."""

    def __init__(self, written: dict[str, Any]) -> None:
        self._written = written
        self._read: set[str] = set()
        self.problems: list[str] = []

    def text(self, name: str) -> str:
        value = self.optional(name)
        if not (value or "").strip():
            self.problems.append(f"{name} is missing")
        return value or ""

    def optional(self, name: str) -> str | None:
        self._read.add(name)
        value = self._written.get(name)
        if value is not None and not isinstance(value, str):
            self.problems.append(f"{name} must be a text")
            return None
        return value

    def texts(self, name: str) -> list[str]:
        self._read.add(name)
        value = self._written.get(name, [])
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            self.problems.append(f"{name} must be a text or a list of texts")
            return []
        return values

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        value = self.optional(name) or default
        if value not in (*allowed, default):
            self.problems.append(f"{name} must be one of {', '.join(allowed)}")
        return value

    def encoding(self) -> str | None:
        value = self.optional("encoding")
        if value and not known(value):
            self.problems.append(f"encoding: {value!r} is none that is known here")
        return value

    def table(self, name: str) -> dict[str, Any]:
        self._read.add(name)
        value = self._written.get(name)
        if not isinstance(value, dict):
            self.problems.append(f"[{name}] is missing")
            return {}
        return value

    def members(self) -> list[Colleague]:
        self._read.add("members")
        rows = self._written.get("members", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self.problems.append("members must be tables: [[members]]")
            return []
        return [self.person(row, f"members.{number}") for number, row in enumerate(rows, 1)]

    def distinct(self, people: list[Colleague]) -> None:
        addresses = [address_key(one.email) for one in people if one.email]
        twice = sorted({one for one in addresses if addresses.count(one) > 1})
        self.problems += [f"members: {address} is there twice" for address in twice]

    def person(self, row: dict[str, Any], where: str, role: str = "member") -> Colleague:
        known = {"name", "email", "role", "message"}
        self.problems += [f"{where}: there is no {name!r}" for name in sorted(set(row) - known)]
        values = {"role": role, **{name: row[name] for name in known if name in row}}
        for name in ("name", "email"):
            if not isinstance(values.get(name), str) or not values[name].strip():
                self.problems.append(f"{where}: {name} is missing")
                values[name] = ""
        if not isinstance(values.get("message"), str | None):
            self.problems.append(f"{where}: message must be a text")
        if values["role"] not in ROLES:
            self.problems.append(f"{where}: role must be one of {', '.join(ROLES)}")
        return Colleague(**values)

    def unknown(self) -> None:
        for name in sorted(set(self._written) - self._read):
            self.problems.append(f"there is no setting {name!r}")
