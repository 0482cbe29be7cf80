"""What a change of plan brings. Field names are public: they stand in asyncapi.json."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class LicenseLevelsChanged:
    """The firm's plan is another: all its licenses take the level from now on."""

    TYPE: ClassVar = "license_levels_changed.v1"
    SUBJECT: ClassVar = "firm_id"

    firm_id: UUID
    from_level: str | None
    level: str
    changed_by: UUID
    changed_at: datetime
    version: int
