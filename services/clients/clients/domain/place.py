"""Place: where a client is."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Place:
    """In which firm a client is, and assigned to which member; None stands for nobody."""

    firm_id: UUID
    assigned_member_id: UUID | None
