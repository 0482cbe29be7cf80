"""A record as it is opened: what is kept of it and said of it, however many are opened at once."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from clients.records.details import Details, written
from clients.records.events import ClientCreated, Connection, Status


@dataclass(frozen=True)
class NewClient:
    """A client that is opened. It is a `Client` once it is loaded."""

    client_id: UUID
    firm_id: UUID
    details: Details
    status: Status = Status.PROSPECT
    external_id: str | None = None
    assigned_member_id: UUID | None = None

    @cached_property
    def fields(self) -> dict[str, Any]:
        """What is kept of it, by name; its contacts stand apart."""
        return {
            "client_id": self.client_id,
            "firm_id": self.firm_id,
            "external_id": self.external_id,
            "assigned_member_id": self.assigned_member_id,
            "status": self.status,
            "connection": Connection.NONE,
            "version": 1,
            **written(self.details, self.external_id),
        }

    @property
    def created(self) -> ClientCreated:
        """The event that announces it."""
        kept, details = self.fields, self.details
        return ClientCreated(
            client_id=self.client_id,
            firm_id=self.firm_id,
            name=kept["name"],
            given_name=details.given_name,
            family_name=details.family_name,
            number=details.number,
            emails=list(details.emails),
            phones=[phone.number for phone in details.phones],
            status=self.status,
            connection=kept["connection"],
            assigned_member_id=self.assigned_member_id,
            tags=kept["tags"],
            external_id=self.external_id,
            version=kept["version"],
        )
