"""Bell: what a client has changed, and how much of it nobody answerable has looked at.

A client's changes are numbered from 1 in the order in which they were said. What is unseen is
told by numbers alone, so a reassignment moves every mark by changing one field (T22).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from notifications.bells.events import BellChanged

CONNECTED = "connected"


@dataclass(eq=False)
class Bell:
    """A row of the bells table: one client's changes, counted.

    ``seen_through`` is the last change that somebody saw while the client was theirs.
    ``version`` is the client's version this is known from; 0: only from a change.
    """

    client_id: UUID
    firm_id: UUID
    client_name: str
    assigned_member_id: UUID | None
    connected: bool
    version: int = 0
    last_number: int = 0
    seen_through: int = 0

    def learn(
        self,
        version: int,
        firm_id: UUID,
        client_name: str,
        assigned_member_id: UUID | None,
        connected: bool,
    ) -> None:
        """Take the client's state as of ``version``, unless something newer is known."""
        if version > self.version:
            self.version = version
            self.firm_id = firm_id
            self.client_name = client_name
            self.assigned_member_id = assigned_member_id
            self.connected = connected

    def assign(self, version: int, firm_id: UUID, member_id: UUID | None) -> None:
        """Give the client to that member from now on, and with it what is unseen (T22)."""
        if version >= self.version:
            self.version = version
            self.firm_id = firm_id
            self.assigned_member_id = member_id

    @property
    def waits(self) -> bool:
        """Whether something is unseen by whose client it is."""
        return self.last_number > self.seen_through

    def tells(self) -> BellChanged | None:
        """Return what whose client it is has to be told when something is unseen, or seen."""
        if self.assigned_member_id is None or not self.connected:
            return None
        return BellChanged(self.firm_id, self.assigned_member_id, self.client_id)

    def ring(self) -> int:
        """Count one more change and return its number."""
        self.last_number += 1
        return self.last_number

    def end(self) -> None:
        """Clear the marks of a client that is not linked any more; no new link brings them back."""
        self.seen_through = self.last_number

    def open(self, own: bool) -> int:
        """Look at the changes; return the number that is seen now.

        Whose ``own`` client it is clears the mark; a colleague clears only their own view (Q7).
        """
        if own:
            self.seen_through = self.last_number
        return self.last_number

    def forget_through(self, number: int) -> None:
        """Count changes up to ``number`` as seen: they are gone, so nobody can be told to look."""
        self.seen_through = max(self.seen_through, number)


def seen_by(member_id: UUID, assigned_member_id: UUID | None, cleared: int, opened: int) -> int:
    """Return the number of the last change that is seen for this viewer.

    ``cleared`` is the bell's ``seen_through``: it counts for whose client it is, since the marks
    they took over were cleared by then. ``opened`` is what the viewer opened themselves.
    """
    return max(cleared, opened) if member_id == assigned_member_id else opened


def is_own(row: Mapping[str, object], member_id: UUID | None) -> bool:
    """Return whether the home page's row is the member's own linked client (S1-82)."""
    return row["assigned_member_id"] == member_id and row["connection"] == CONNECTED
