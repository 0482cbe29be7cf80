"""Mails about a firm's papers and payments."""

from typing import Any

from chassis.messages import on_event
from chassis.transactions import Transaction
from notifications.letters import paper_letters
from notifications.letters import paper_schemas as schemas
from notifications.letters.paper_letters import STAGES
from notifications.mails.acts import overtake, queue_mail
from notifications.mails.overtaking import Cause
from notifications.mails.subjects import order_of


class PaperLetters:
    """Billing's events; whom each mail goes to they say."""

    @on_event("billing", "receipt_issued.v1", schemas.ReceiptIssued)
    def on_receipt_issued(self, tx: Transaction, **receipt: Any) -> None:
        """Mail the receipt and ask nobody for the money any more: it was taken."""
        if receipt["order_id"]:
            overtake(tx, Cause.PAID, receipt["order_id"])
        queue_mail(tx, *paper_letters.receipt(receipt))

    @on_event("billing", "payment_declined.v1", schemas.PaymentDeclined)
    def on_payment_declined(self, tx: Transaction, **payment: Any) -> None:
        """Tell of the last of several declined payments of one order."""
        if payment["order_id"]:
            earlier = order_of(payment["payment_id"]) - 1
            overtake(tx, Cause.DECLINED_AGAIN, payment["order_id"], earlier)
        queue_mail(tx, *paper_letters.payment_declined(payment))

    @on_event("billing", "statement_issued.v1", schemas.StatementIssued)
    def on_statement_issued(self, tx: Transaction, **statement: Any) -> None:
        queue_mail(tx, *paper_letters.statement(statement))

    @on_event("billing", "payment_overdue.v1", schemas.PaymentOverdue)
    def on_payment_overdue(self, tx: Transaction, **payment: Any) -> None:
        """Mail the reminder; once licenses are suspended, that they will be is true no more."""
        if payment["stage"] == STAGES[-1]:
            overtake(tx, Cause.SUSPENDED, payment["order_id"], len(STAGES) - 1)
        queue_mail(tx, *paper_letters.payment_overdue(payment))
