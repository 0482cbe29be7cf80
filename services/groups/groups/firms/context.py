"""The circumstances of a change: who, when, and where new ids come from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Act:
    """Handed to every rule, so that no rule reads a clock or rolls dice."""

    by: UUID | None  # the account that acts; None when time or another service does
    at: datetime
    new_id: Callable[[], UUID]

    @property
    def today(self) -> date:
        """The day of the change, in UTC."""
        return self.at.date()
