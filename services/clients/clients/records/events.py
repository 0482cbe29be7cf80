"""What is said of clients. Field names are public: they stand in asyncapi.json.

The events of one client have it as their subject. Staff's free text and the birth date are in
none.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar
from uuid import UUID


class Status(StrEnum):
    """Where a client is in the life of the relationship (D3)."""

    PROSPECT = "prospect"
    ACTIVE = "active"
    INACTIVE = "inactive"
    CLOSED = "closed"


class Connection(StrEnum):
    """Whether the client's own account is tied to the record (D3)."""

    NONE = "none"
    REQUESTED = "requested"
    CONNECTED = "connected"
    ENDED = "ended"


@dataclass(frozen=True)
class ClientState:
    """A client in full as others may keep it; an older ``version`` is to be ignored."""

    SUBJECT: ClassVar = "client_id"

    client_id: UUID
    firm_id: UUID
    name: str
    given_name: str | None
    family_name: str | None
    number: str | None
    emails: list[str]
    phones: list[str]
    status: Status
    connection: Connection
    assigned_member_id: UUID | None
    tags: list[str]
    external_id: str | None
    version: int


@dataclass(frozen=True)
class ClientCreated(ClientState):
    """A record was opened."""

    TYPE: ClassVar = "client_created.v1"


@dataclass(frozen=True)
class ClientChanged(ClientState):
    """Something on the record is new, its firm or its member among it."""

    TYPE: ClassVar = "client_changed.v1"


@dataclass(frozen=True)
class ClientAssigned:
    """A client went from one member to another; None stands for nobody."""

    TYPE: ClassVar = "client_assigned.v1"
    SUBJECT: ClassVar = "client_id"

    client_id: UUID
    firm_id: UUID
    client_name: str
    assigned_member_id: UUID | None
    previous_member_id: UUID | None
    assigned_by_member_id: UUID | None
    version: int
