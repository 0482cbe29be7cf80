"""What is said of handovers. Field names are public: they stand in asyncapi.json."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID


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
