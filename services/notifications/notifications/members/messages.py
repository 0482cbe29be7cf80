"""What groups says of members that changes nothing but our copy."""

from typing import Any

from chassis.database import BoundDatabase
from chassis.messages import job, on_event
from chassis.transactions import Transaction
from notifications.members import before, schemas, storage


class Members:
    """The copy of groups' members, and how what it lacks is learnt."""

    groups: Any

    @on_event("groups", "member_changed.v1", schemas.Member)
    def on_member_changed(self, tx: Transaction, **member: Any) -> None:
        storage.project_member(tx.session, member)

    @job(every=60)
    def reach_members(self, db: BoundDatabase) -> None:
        """Ask groups for the addresses of members known from before they were kept (0025)."""
        before.reach_members(db, self.groups)
