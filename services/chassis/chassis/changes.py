"""How every service's rules speak: a Context goes in, Changes come out.

Rules neither read a clock nor touch a session. ``Transaction.context`` makes the one and
``Transaction.apply`` stores and says the other.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

T = TypeVar("T")


@dataclass(frozen=True)
class Context:
    """Who changes something, when, and where new ids come from."""

    by: UUID | None  # the account that acts; None when time or another service does
    at: datetime
    new_id: Callable[[], UUID]

    @property
    def today(self) -> date:
        """Return the day of the change, in UTC."""
        return self.at.date()


@dataclass
class Changes(Generic[T]):
    """What a rule brings about beside what it changed in the things that it was given."""

    result: T
    new: list[Any] = field(default_factory=list)  # stored in this order, kind by kind
    history: list[Any] = field(default_factory=list)  # lines that are only ever added, last
    events: list[object | None] = field(default_factory=list)
