"""Receipts and their papers."""

from typing import Any
from uuid import UUID

from billing.firms.acts import buyer
from billing.firms.before import refresh_buyer
from billing.papers.before import MAILS
from billing.papers.schemas import Pdf
from billing.receipts import before, schemas, storage
from billing.receipts.receipt import Receipt
from chassis.auth import PROFESSIONALS
from chassis.messages import query
from chassis.transactions import Transaction


class Receipts:
    """The papers for money that was taken."""

    @query(schemas.OneReceipt, reply=schemas.Receipt, callers=PROFESSIONALS, prepare=refresh_buyer)
    def get_receipt(self, tx: Transaction, receipt_id: UUID) -> Receipt:
        """Return a receipt of the caller's firm."""
        return storage.get_receipt(tx.session, buyer(tx).firm_id, receipt_id)

    @query(
        schemas.ListReceipts,
        reply=schemas.ReceiptPage,
        callers=PROFESSIONALS,
        prepare=refresh_buyer,
    )
    def list_receipts(self, tx: Transaction, cursor: str | None, limit: int) -> dict[str, Any]:
        """Return a page of the firm's receipts, the newest first."""
        return storage.list_receipts(tx.session, buyer(tx).firm_id, cursor=cursor, limit=limit)

    @query(
        schemas.OneReceipt,
        reply=schemas.ReceiptPdf,
        callers=PROFESSIONALS,
        prepare=before.print_receipt,
    )
    def get_receipt_pdf(
        self, tx: Transaction, receipt_id: UUID, printed: dict[str, str]
    ) -> dict[str, str]:
        """Return a receipt as a PDF, for whoever may see it; rendered before, beside the hub."""
        storage.get_receipt(tx.session, buyer(tx).firm_id, receipt_id)
        return printed

    @query(schemas.FirmsReceipt, reply=Pdf, callers=MAILS, prepare=before.enclose_receipt)
    def enclose_receipt(self, tx: Transaction, printed: dict[str, str]) -> dict[str, str]:
        """Return a firm's receipt as a PDF, to go with the mail about it."""
        return printed
