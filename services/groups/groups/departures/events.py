"""The fact that somebody is gone. Field names are public: they stand in asyncapi.json."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from groups.members.events import MemberState


class Departure(StrEnum):
    """How a membership ended: by somebody who manages members, or by one's own will."""

    REMOVED = "removed"
    LEFT = "left"


@dataclass(frozen=True)
class MemberRemoved(MemberState):
    """Somebody is no longer a member: removed, or gone by their own will; access ends with it.

    ``home_firm_id`` and ``home_member_id`` say where the account works from now on.
    """

    TYPE: ClassVar = "member_removed.v1"

    reason: Departure
    removed_by_account_id: UUID
    removed_by_name: str
    keep_clients: bool
    departure_id: UUID | None
    home_firm_id: UUID
    home_member_id: UUID
    home_firm_name: str
