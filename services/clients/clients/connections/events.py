"""What is said of connections. Field names are public: they stand in asyncapi.json."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID


class Side(StrEnum):
    """Which side of a connection does something."""

    FIRM = "firm"
    CLIENT = "client"


@dataclass(frozen=True)
class RequestedBy:
    """The member who asks for a connection; mails answer to the address if it is verified."""

    name: str
    email: str
    email_verified: bool


@dataclass(frozen=True)
class ConnectionRequested:
    """A connection is asked for, or asked for again; the mail's link is issued when it is sent."""

    TYPE: ClassVar = "connection_requested.v1"
    SUBJECT: ClassVar = "client_id"

    connection_id: UUID
    client_id: UUID
    firm_id: UUID
    firm_name: str
    client_name: str
    recipient_name: str | None
    email: str
    message: str | None
    requested_by: RequestedBy
    expires_at: datetime
    version: int


@dataclass(frozen=True)
class ConnectionMoved:
    """What became of a connection, by which side."""

    SUBJECT: ClassVar = "client_id"

    connection_id: UUID
    client_id: UUID
    firm_id: UUID
    client_name: str
    assigned_member_id: UUID | None
    by_side: Side
    version: int


@dataclass(frozen=True)
class ConnectionWithdrawn(ConnectionMoved):
    """The firm took its request back."""

    TYPE: ClassVar = "connection_withdrawn.v1"


@dataclass(frozen=True)
class ConnectionAccepted(ConnectionMoved):
    """The client's account is tied to the record (S1-75)."""

    TYPE: ClassVar = "connection_accepted.v1"


@dataclass(frozen=True)
class ConnectionDeclined(ConnectionMoved):
    """The client said no."""

    TYPE: ClassVar = "connection_declined.v1"


@dataclass(frozen=True)
class ConnectionEnded(ConnectionMoved):
    """A connection that was accepted is over (Q9)."""

    TYPE: ClassVar = "connection_ended.v1"


@dataclass(frozen=True)
class ConnectionTransferred:
    """Another firm holds the record from now on; whoever agreed to the former one is to know."""

    TYPE: ClassVar = "connection_transferred.v1"
    SUBJECT: ClassVar = "client_id"

    connection_id: UUID
    client_id: UUID
    firm_id: UUID
    firm_name: str
    former_firm_name: str
    client_name: str
    account_id: UUID
    account_name: str
    email: str
    version: int
