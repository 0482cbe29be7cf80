"""The home page's "updated" marks and the bell behind them (S1-78..85)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.auth import PROFESSIONALS
from chassis.database import BoundDatabase
from chassis.due import for_each_due
from chassis.messages import command, job, on_event, query
from chassis.transactions import Transaction
from notifications.bells import before, schemas, storage
from notifications.bells.bell import CONNECTED, is_own
from notifications.bells.events import BellChanged
from notifications.mails.acts import overtake
from notifications.mails.overtaking import Cause
from notifications.members.before import own_membership


class Bells:
    """What clients change, and who has yet to look."""

    settings: Any

    @on_event("clients", "client_created.v1", schemas.Client)
    def on_client_created(self, tx: Transaction, **client: Any) -> None:
        storage.learn(tx.session, client, client["connection"] == CONNECTED)

    @on_event("clients", "client_changed.v1", schemas.Client)
    def on_client_changed(self, tx: Transaction, **client: Any) -> None:
        storage.learn(tx.session, client, client["connection"] == CONNECTED)

    @on_event("clients", "client_assigned.v1", schemas.ClientAssigned)
    def on_client_assigned(self, tx: Transaction, **client: Any) -> None:
        """Hand what is unseen on with the client; whose it was is told of nothing more (T22)."""
        bell = storage.lock_bell(tx.session, client)
        before = bell.tells() if bell.waits else None
        bell.assign(client["version"], client["firm_id"], client["assigned_member_id"])
        _tell(tx, before, bell.tells() if bell.waits else None)

    @on_event("clients", "connection_ended.v1", schemas.ConnectionEnded)
    def on_connection_ended(self, tx: Transaction, **client: Any) -> None:
        storage.lock_bell(tx.session, client).end()
        if client["connection_id"]:
            overtake(tx, Cause.CONNECTION_ENDED, client["connection_id"])

    @on_event("clients", "shared_entry_changed.v1", schemas.SharedEntryChanged)
    def on_shared_entry_changed(self, tx: Transaction, **change: Any) -> None:
        """Tell only what the client changes as news (S1-83); a version told twice is told once."""
        if change["side"] != "client":
            return
        bell = storage.lock_bell(tx.session, change)
        known = (change["client_id"], change["entry_id"], change["version"])
        if storage.find_change(tx.session, *known) is None:
            storage.add_change(tx.session, _row(tx.new_id(), bell.ring(), change))
            _tell(tx, bell.tells())

    @query(
        schemas.ListHome, reply=schemas.HomePage, callers=PROFESSIONALS, prepare=before.home_page
    )
    def list_home(
        self,
        tx: Transaction,
        items: list[dict[str, Any]],
        next_cursor: str | None,
        member_id: UUID | None,
    ) -> dict[str, Any]:
        """Return the clients the caller may see, "updated" at their own linked ones (S1-78..82)."""
        mine = [row["client_id"] for row in items if is_own(row, member_id)]
        unseen = storage.count_unseen(tx.session, member_id, mine) if member_id else {}
        for row in items:
            row["unseen"] = unseen.get(row["client_id"], 0)
            row["updated"] = row["unseen"] > 0
        return {"items": items, "next_cursor": next_cursor}

    @query(
        schemas.ListChanges,
        reply=schemas.ClientsChangePage,
        callers=PROFESSIONALS,
        prepare=before.to_bell,
    )
    def list_changes(
        self,
        tx: Transaction,
        client: dict[str, Any],
        member_id: UUID,
        cursor: str | None,
        limit: int,
    ) -> dict[str, Any]:
        """Return the bell with a client selected: its changes, newest first (S1-84, S1-85)."""
        found = storage.list_changes(
            tx.session,
            client_id=client["client_id"],
            member_id=member_id,
            assigned_member_id=client["assigned_member_id"],
            cursor=cursor,
            limit=limit,
        )
        return found | {"client_name": client["client_name"]}

    @command(
        schemas.OpenChanges, reply=schemas.Opened, callers=PROFESSIONALS, prepare=before.to_bell
    )
    def open_changes(
        self, tx: Transaction, client: dict[str, Any], member_id: UUID
    ) -> dict[str, Any]:
        """Put the client's changes before the caller: their own mark goes (Q7)."""
        bell = storage.lock_bell(tx.session, client)
        waited, own = bell.waits, client["assigned_member_id"] == member_id
        seen = bell.open(own=own)
        storage.open_bell(tx.session, member_id, bell.client_id, seen)
        if waited and own:
            _tell(tx, bell.tells())
        return {"client_id": bell.client_id, "seen": seen}

    @query(
        schemas.ListBell,
        reply=schemas.ChangePage,
        callers=PROFESSIONALS,
        prepare=own_membership,
    )
    def list_bell(
        self,
        tx: Transaction,
        firm_id: UUID,
        member_id: UUID,
        role: str,
        cursor: str | None,
        limit: int,
    ) -> dict[str, Any]:
        """Return what all of the caller's own clients changed; billing-only has none (S1-63)."""
        if role == "billing_only":
            return {"items": [], "next_cursor": None}
        return storage.list_bell(
            tx.session, firm_id=firm_id, member_id=member_id, cursor=cursor, limit=limit
        )

    @query(schemas.GetBell, reply=schemas.BellState, callers=PROFESSIONALS, prepare=own_membership)
    def get_bell(
        self, tx: Transaction, firm_id: UUID, member_id: UUID, role: str
    ) -> dict[str, Any]:
        """Return how many changes wait for the caller, which the head of every page shows."""
        allowed = role != "billing_only"
        unseen = storage.count_waiting(tx.session, firm_id, member_id) if allowed else 0
        return {"member_id": member_id, "unseen": unseen, "role": role}

    @job(every=3600, by_clock=True)
    def forget_old_changes(self, db: BoundDatabase) -> None:
        """Forget changes older than ``bell_kept``, one client after the other."""
        kept = timedelta(seconds=self.settings["bell_kept"])

        def forget(tx: Transaction, client_id: UUID) -> None:
            through = storage.newest_change(tx.session, client_id, tx.now - kept)
            storage.forget_changes(tx.session, client_id, through)

        for_each_due(db, lambda now: storage.clients_with_changes(now - kept), forget)


def _tell(tx: Transaction, *told: BellChanged | None) -> None:
    """Say whose number is another: pages that are open ask for it again."""
    for event in {event for event in told if event is not None}:
        tx.emit(event)


def _row(change_id: Any, number: int, change: dict[str, Any]) -> dict[str, Any]:
    kept = ("client_id", "entry_id", "section", "title", "action", "changed_by_name", "changed_at")
    return {
        "id": change_id,
        "number": number,
        "entry_version": change["version"],
        "fields": change["changes"],
        **{name: change[name] for name in kept},
    }
