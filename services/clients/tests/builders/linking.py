"""Client accounts, and how they come to be connected with a record."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from chassis.ids import uuid7
from chassis.testing.world import World
from services.clients.tests.builders.practice import Somebody


@dataclass
class Parent:
    """Somebody with a client account, signed in."""

    world: World
    name: str = "Petra Parent"
    verified: bool = True
    account_id: str = field(default_factory=lambda: str(uuid7()))

    def __post_init__(self) -> None:
        self.email = f"{self.account_id}@home.example"
        self.token = self.world.as_person(
            account_id=self.account_id,
            kind="client",
            email=self.email,
            name=self.name,
            verified=self.verified,
        )

    def call(self, method: str, **fields: Any) -> Any:
        return self.world.call(f"clients.{method}", as_=self.token, **fields)


def a_record(member: Somebody, **fields: Any) -> str:
    """A client's id."""
    named = {"given_name": "Ann", "family_name": "Weiss", **fields}
    made: str = member.call("create_client", **named)["client_id"]
    return made


def ask_for(member: Somebody, client_id: str, parent: Parent) -> str:
    """A connection that was requested of this parent; its id."""
    asked = member.call("request_connection", client_id=client_id, email=parent.email)
    connection_id: str = asked["connection_id"]
    return connection_id


def link_of(world: World, connection_id: str) -> str:
    """The token in a mail that is sent now."""
    mailer = world.as_service("notifications")
    issued = world.call("clients.issue_connection_link", as_=mailer, connection_id=connection_id)
    token: str = issued["token"]
    return token


def connect(member: Somebody, client_id: str, parent: Parent) -> str:
    """Requested and accepted; the connection's id."""
    connection_id = ask_for(member, client_id, parent)
    parent.call("accept_connection", token=link_of(member.world, connection_id))
    return connection_id


def write(person: Somebody | Parent, client_id: str, section: str = "journal", **content: Any):
    """A new entry in a section; the journal where nothing else is said."""
    if section == "journal":
        content = {"title": "A day", "text": "It went well.", "day": "2027-03-01", **content}
    return person.call("write_entry", client_id=client_id, section=section, content=content)


def titles(person: Somebody | Parent, client_id: str, **narrowed: Any) -> list[str]:
    """What this person sees shared with the client, newest first."""
    items = person.call("list_entries", client_id=client_id, **narrowed)["items"]
    return [entry["content"]["title"] for entry in items]


def home_row(member: Somebody) -> tuple[str, bool]:
    """How the only client stands on the home page."""
    (row,) = member.call("list_clients")["items"]
    return row["connection"], row["shared"]


def record(member: Somebody, client_id: str) -> tuple[str, bool]:
    """How the record stands."""
    client = member.call("get_client", client_id=client_id)
    return client["connection"], client["shared"]


def change(person: Somebody | Parent, entry: dict[str, Any], **content: Any) -> Any:
    """The entry with these fields written, on the version that was read."""
    fields = {name: entry[name] for name in ("client_id", "entry_id", "version", "section")}
    return person.call("write_entry", **fields, content=content)


def refused(kind: type[Exception], person: Somebody | Parent, method: str, **fields: Any) -> str:
    """The code with which this is refused."""
    with pytest.raises(kind) as error:
        person.call(method, **fields)
    code: str = error.value.code  # type: ignore[attr-defined]
    return code
