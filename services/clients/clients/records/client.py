"""Client: one person the firm serves, and the rules for changing the record."""

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any
from uuid import UUID

from clients.records.details import Contact, ContactKind, Details, contacts, written
from clients.records.errors import ClientChangedMeanwhile, ClientIsClosed, ClosedIsOff
from clients.records.events import (
    ClientAssigned,
    ClientChanged,
    ClientCreated,
    ClientState,
    Connection,
    Status,
)
from clients.records.new_client import NewClient
from clients.records.phone import Phone

_STATE = tuple(field.name for field in fields(ClientState))
NOT_TURNED_ON = 'the status "closed" is not turned on'


@dataclass(frozen=True)
class Ownership:
    """In which firm a client is, and assigned to which member; None stands for nobody."""

    firm_id: UUID
    assigned_member_id: UUID | None


@dataclass(eq=False)
class Client:
    """A client record. It belongs to one firm and is assigned to at most one member (S1-74)."""

    client_id: UUID
    firm_id: UUID
    external_id: str | None = None
    assigned_member_id: UUID | None = None
    status: Status = Status.PROSPECT
    connection: Connection = Connection.NONE
    version: int = 1
    given_name: str | None = None
    family_name: str | None = None
    display_name: str | None = None
    birth_date: date | None = None
    number: str | None = None
    additional_information: str | None = None
    tags: list[str] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    name: str = ""
    sort_name: str = ""
    search_text: str = ""

    @classmethod
    def open(cls, details: Details, status: Status, closed_is_on: bool, **ids: Any) -> "Client":
        """Open a new record; announce it with ``created``. Raises ClosedIsOff."""
        if status is Status.CLOSED and not closed_is_on:
            raise ClosedIsOff(NOT_TURNED_ON)
        new = NewClient(details=details, status=status, **ids)
        return cls(**new.fields, contacts=contacts(details))

    @property
    def shared(self) -> bool:
        """Whether the client's account is tied to the record (S1-76, S1-77)."""
        return self.connection is Connection.CONNECTED

    @property
    def place(self) -> Ownership:
        """Where the client is now."""
        return Ownership(self.firm_id, self.assigned_member_id)

    @property
    def emails(self) -> list[str]:
        """The addresses as typed."""
        return [contact.raw for contact in self.contacts if contact.kind is ContactKind.EMAIL]

    @property
    def phones(self) -> list[Phone]:
        """The numbers, as typed and in E.164."""
        return [
            Phone(contact.raw, contact.value)
            for contact in self.contacts
            if contact.kind is ContactKind.PHONE
        ]

    @property
    def details(self) -> Details:
        """What staff wrote down."""
        return Details(
            given_name=self.given_name,
            family_name=self.family_name,
            display_name=self.display_name,
            emails=tuple(self.emails),
            phones=tuple(self.phones),
            birth_date=self.birth_date,
            number=self.number,
            additional_information=self.additional_information,
            tags=tuple(self.tags),
        )

    @property
    def created(self) -> ClientCreated:
        """The event that announces a new record."""
        return ClientCreated(**self._state())

    def require_version(self, version: int | None) -> None:
        """Raise ClientChangedMeanwhile if the caller had read another version; None passes."""
        if version is not None and version != self.version:
            raise ClientChangedMeanwhile(
                "the record was changed after it was read", version=self.version
            )

    def update(
        self, details: Details, status: Status | None, closed_is_on: bool
    ) -> ClientChanged | None:
        """Write details and status; None if nothing is new.

        Raises ClosedIsOff, and ClientIsClosed for another status of a closed client.
        """
        moved = status is not None and status is not self.status
        if not moved and details == self.details:
            return None
        if status is not None and moved:
            self._require_status(status, closed_is_on)
            self.status = status
        self._put(details)
        return self._changed()

    def connect(self, connection: Connection) -> ClientChanged:
        """Set how the record stands to the client's own account (S1-76, S1-77)."""
        self.connection = connection
        return self._changed()

    def go_to(self, place: Ownership, by: UUID | None) -> list[ClientAssigned | ClientChanged]:
        """Hand the client over, within the firm or into another; nothing if it is there.

        ``by`` is the member who does it, None where it follows from an event (S1-36, S1-52).
        """
        if self.place == place:
            return []
        previous = self.assigned_member_id
        self.firm_id, self.assigned_member_id = place.firm_id, place.assigned_member_id
        changed = self._changed()
        if previous == place.assigned_member_id:
            return [changed]
        assigned = ClientAssigned(
            client_id=self.client_id,
            firm_id=self.firm_id,
            client_name=self.name,
            assigned_member_id=place.assigned_member_id,
            previous_member_id=previous,
            assigned_by_member_id=by,
            version=self.version,
        )
        return [changed, assigned]

    def _require_status(self, status: Status, closed_is_on: bool) -> None:
        if self.status is Status.CLOSED:
            raise ClientIsClosed("a closed client stays closed")
        if status is Status.CLOSED and not closed_is_on:
            raise ClosedIsOff(NOT_TURNED_ON)

    def _put(self, details: Details) -> None:
        if (details.emails, details.phones) != (tuple(self.emails), tuple(self.phones)):
            self.contacts = contacts(details)
        for name, value in written(details, self.external_id).items():
            setattr(self, name, value)

    def _changed(self) -> ClientChanged:
        self.version += 1
        return ClientChanged(**self._state())

    def _state(self) -> dict[str, Any]:
        state = {name: getattr(self, name) for name in _STATE}
        numbers = [phone.number for phone in self.phones]
        return {**state, "phones": numbers, "tags": list(self.tags)}
