"""Facts that clients announces. Field names are public: they stand in asyncapi.json.

The events of one client have it as their subject. Staff's free text and the birth date are in none.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from clients.domain.transfer import ConnectionTransferred as ConnectionTransferred


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


class Section(StrEnum):
    """What a shared entry is about (S1-01, S1-78..81)."""

    CALENDAR = "calendar"
    ACTIVITIES = "activities"
    MESSAGES = "messages"
    EXPENSES = "expenses"
    CHILD_INFO = "child_info"
    PARENTING_PLAN = "parenting_plan"
    CUSTODY_SCHEDULE = "custody_schedule"
    JOURNAL = "journal"


class Action(StrEnum):
    """What was done to a shared entry."""

    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"


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


class HandoverKind(StrEnum):
    """What a handover followed from."""

    REASSIGNMENT = "reassignment"
    DEPARTURE = "departure"
    JOINING = "joining"
    UNDO = "undo"


@dataclass(frozen=True)
class Receiver:
    """Who got how many clients; the first ten by name."""

    member_id: UUID
    quantity: int
    client_names: list[str]


@dataclass(frozen=True)
class ClientsHandedOver:
    """Clients went from where they were to others, or to nobody: said once for all of them."""

    TYPE: ClassVar = "clients_handed_over.v1"
    SUBJECT: ClassVar = "handover_id"

    handover_id: UUID
    firm_id: UUID
    kind: HandoverKind
    by_account_id: UUID | None
    by_name: str
    receivers: list[Receiver]
    unassigned: int
    at: datetime
    undoes: UUID | None = None


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
class FieldChange:
    """One field before and after, as text of at most 200 characters; None: it was empty."""

    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class SharedEntryChanged:
    """Something both sides see was written, by ``side``; a reader marks it for the other."""

    TYPE: ClassVar = "shared_entry_changed.v1"
    SUBJECT: ClassVar = "client_id"

    entry_id: UUID
    client_id: UUID
    firm_id: UUID
    client_name: str
    section: Section
    title: str
    action: Action
    side: Side
    changed_by_account_id: UUID
    changed_by_name: str
    changes: list[FieldChange]
    assigned_member_id: UUID | None
    changed_at: datetime
    version: int
