"""Who may see a client, and why: the one rule that everything about access rests on.

A new reason is one entry in ``RULES`` and its twin in ``access_storage.py``; a property test
proves on both databases that the two agree.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from clients.members.viewer import Viewer


class Reason(StrEnum):
    """Why a member may see a client."""

    ASSIGNED = "assigned"
    FIRM_POLICY = "firm_policy"


class Subject(Protocol):
    """What the rule reads of a client."""

    @property
    def firm_id(self) -> UUID:
        """Whose the client is."""

    @property
    def assigned_member_id(self) -> UUID | None:
        """Who works with the client; None: nobody."""


RULES: dict[Reason, Callable[[Viewer, Subject], bool]] = {
    Reason.ASSIGNED: lambda viewer, client: client.assigned_member_id == viewer.member_id,
    Reason.FIRM_POLICY: lambda viewer, client: viewer.sees_whole_firm,
}


def reasons(viewer: Viewer, client: Subject) -> list[Reason]:
    """Return every reason why this member may see this client; none: may not (S1-36, S1-63)."""
    if not viewer.works_on_clients or client.firm_id != viewer.firm_id:
        return []
    return [reason for reason, holds in RULES.items() if holds(viewer, client)]
