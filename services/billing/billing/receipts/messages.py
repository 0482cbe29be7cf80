"""Receipts and their papers."""

from billing.firms.acts import buyer
from billing.firms.before import ask_if_no_buyer
from billing.papers.before import MAILS
from billing.papers.schemas import Pdf
from billing.receipts import before, schemas, storage
from chassis.auth import PROFESSIONALS
from chassis.messages import query


class Receipts:
    """The papers for money that was taken."""

    @query(
        schemas.OneReceipt, reply=schemas.Receipt, callers=PROFESSIONALS, prepare=ask_if_no_buyer
    )
    def get_receipt(self, tx, request):
        """A receipt of the caller's firm."""
        return storage.get_receipt(tx.session, buyer(tx).firm_id, **request)

    @query(
        schemas.ListReceipts,
        reply=schemas.ReceiptPage,
        callers=PROFESSIONALS,
        prepare=ask_if_no_buyer,
    )
    def list_receipts(self, tx, request):
        """A page of the firm's receipts, the newest first."""
        return storage.list_receipts(tx.session, buyer(tx).firm_id, **request)

    @query(
        schemas.OneReceipt,
        reply=schemas.ReceiptPdf,
        callers=PROFESSIONALS,
        prepare=before.print_receipt,
    )
    def get_receipt_pdf(self, tx, request):
        """The same receipt as a PDF, for whoever may see it; rendered before, beside the hub."""
        storage.get_receipt(tx.session, buyer(tx).firm_id, request["receipt_id"])
        return request["printed"]

    @query(schemas.FirmsReceipt, reply=Pdf, callers=MAILS, prepare=before.enclose_receipt)
    def enclose_receipt(self, tx, request):
        """A firm's receipt as a PDF, to go with the mail about it."""
        return request["printed"]
