"""What a change that touches several things leaves behind."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from groups.firms.license import Entry

T = TypeVar("T")


@dataclass
class Outcome(Generic[T]):
    """The result, what is to be stored (in this order), and what is to be said."""

    result: T
    new: list[object] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    events: list[object | None] = field(default_factory=list)
