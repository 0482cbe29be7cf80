"""Members who go, with or without their accounts."""

from typing import Any
from uuid import UUID

from chassis.auth import services
from chassis.messages import command, on_event
from chassis.transactions import Transaction
from groups.accounts import schemas as account_schemas
from groups.accounts import storage as accounts
from groups.departures import schemas, storage
from groups.departures.left_behind import Cancelling
from groups.departures.removal import Clients, Departed
from groups.licenses.acts import renew_used


class Departures:
    """Removing, leaving, and the end of an account."""

    @on_event("identity", "account_closed.v1", account_schemas.AccountClosed)
    def on_account_closed(self, tx: Transaction, **account: Any) -> None:
        """End its memberships, and its solo firm; heard before all else, none is founded."""
        if not accounts.project_account(tx.session, account | {"closed": True}):
            return
        context = tx.context(None)
        for closing in storage.lock_closings(tx.session, account["account_id"]):
            tx.apply(closing.close(context))

    @command(
        schemas.RemoveMember,
        reply=schemas.Departed,
        callers=services("clients"),
    )
    def remove_member(
        self,
        tx: Transaction,
        account_id: UUID,
        member_id: UUID,
        keep_clients: bool,
        departure_id: UUID | None,
        cancel_invitations: dict[str, Any] | None,
    ) -> dict[str, Any]:
        """Remove a member, or leave (S1-47, S1-53..56); clients first asks what to keep."""
        today = tx.now.date()
        chosen = cancel_invitations or {"all": False, "ids": []}
        cancelling = Cancelling(chosen["all"], frozenset(chosen["ids"]))
        removal = storage.lock_removal(
            tx.session, account_id, member_id, today, named=cancelling.ids
        )
        if removal.license and not removal.license.is_paid_on(tx.now.date()):
            renew_used(tx, removal.firm)  # the job has not come by yet
        clients = Clients(keep_clients, departure_id)
        context = tx.context(account_id)
        return _reply(tx.apply(removal.remove(clients, context, cancelling)))


def _reply(departed: Departed) -> dict[str, Any]:
    return {
        "member": departed.member,
        "home_firm_id": departed.home.firm_id,
        "home_member_id": departed.home.id,
        "home_firm_name": departed.home_firm.name,
        "license_freed": departed.license_freed,
        "invitations_cancelled": departed.invitations_cancelled,
    }
