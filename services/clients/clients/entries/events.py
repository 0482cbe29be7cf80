"""What is said of shared entries. Field names are public: they stand in asyncapi.json."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from clients.connections.events import Side


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
