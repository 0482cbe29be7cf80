"""Facts that the bell announces. Field names are public: they stand in asyncapi.json."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class BellChanged:
    """What waits for this member is another number; how many it is, `get_bell` answers."""

    TYPE: ClassVar = "bell_changed.v1"
    SUBJECT: ClassVar = "member_id"

    firm_id: UUID
    member_id: UUID
    client_id: UUID
