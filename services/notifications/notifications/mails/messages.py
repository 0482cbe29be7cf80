"""News that end mails which wait, and how far each mail got."""

from typing import Any
from uuid import UUID

from chassis.auth import PROFESSIONALS
from chassis.messages import on_event, query
from chassis.transactions import Transaction
from notifications.mails import before, schemas, storage
from notifications.mails.acts import overtake, withdraw
from notifications.mails.overtaking import Cause, Overtaking
from notifications.mails.subjects import jointly


class Mails:
    """Events that owe nobody a mail and end those that they make untrue; the firm's list."""

    @on_event("identity", "email_verified.v1", schemas.Account)
    def on_email_verified(self, tx: Transaction, **account: Any) -> None:
        """Withdraw what asks to verify, and remember nothing.

        The address may be given up and taken again; links are refused anyway.
        """
        address = jointly(account["account_id"], account["email"])
        withdraw(tx, Overtaking(Cause.EMAIL_VERIFIED, address))

    @on_event("groups", "invitation_cancelled.v1", schemas.InvitationClosed)
    def on_invitation_cancelled(self, tx: Transaction, invitation_id: UUID) -> None:
        overtake(tx, Cause.INVITATION_CANCELLED, invitation_id)

    @on_event("groups", "firm_closed.v1", schemas.FirmClosed)
    def on_firm_closed(self, tx: Transaction, firm_id: UUID) -> None:
        """Withdraw what waits: nothing goes out in the firm's name any more."""
        for mail in storage.lock_waiting_mails_of_firm(tx.session, firm_id):
            mail.withdraw("firm_closed", tx.now)

    @on_event("clients", "connection_withdrawn.v1", schemas.ConnectionMoved)
    def on_connection_withdrawn(self, tx: Transaction, connection_id: UUID) -> None:
        overtake(tx, Cause.CONNECTION_WITHDRAWN, connection_id)

    @on_event("clients", "connection_accepted.v1", schemas.ConnectionMoved)
    def on_connection_accepted(self, tx: Transaction, connection_id: UUID) -> None:
        overtake(tx, Cause.CONNECTION_ACCEPTED, connection_id)

    @on_event("clients", "connection_declined.v1", schemas.ConnectionMoved)
    def on_connection_declined(self, tx: Transaction, connection_id: UUID) -> None:
        overtake(tx, Cause.CONNECTION_DECLINED, connection_id)

    @on_event("billing", "order_cancelled.v1", schemas.OrderCancelled)
    def on_order_cancelled(self, tx: Transaction, order_id: UUID) -> None:
        overtake(tx, Cause.ORDER_CANCELLED, order_id)

    @query(
        schemas.ListMails,
        reply=schemas.MailPage,
        callers=PROFESSIONALS,
        prepare=before.of_own_firm,
    )
    def list_mails(
        self, tx: Transaction, about: UUID | None, firm_id: UUID, cursor: str | None, limit: int
    ) -> dict[str, Any]:
        """Return how far the firm's mails got, newest first; for those who manage members."""
        return storage.list_mails(
            tx.session, about=about, firm_id=firm_id, cursor=cursor, limit=limit
        )
