"""Receipts and statements as PDF, for those who may see them and for the mails that bring them."""

from billing import printing, replies, schemas, storage
from billing.buyers import buyer
from chassis.auth import PROFESSIONALS, services
from chassis.messages import query

MAILS = services("notifications")  # whose mail goes to whom billing has named


class Papers:
    """Each is rendered before, beside the hub."""

    @query(
        schemas.OneReceipt,
        reply=replies.ReceiptPdf,
        callers=PROFESSIONALS,
        prepare=printing.print_receipt,
    )
    def get_receipt_pdf(self, tx, request):
        """The same receipt as a PDF, for whoever may see it; rendered before, beside the hub."""
        storage.get_receipt(tx.session, buyer(tx).firm_id, request["receipt_id"])
        return request["printed"]

    @query(
        schemas.OneStatement,
        reply=replies.Pdf,
        callers=PROFESSIONALS,
        prepare=printing.print_statement,
    )
    def get_statement_pdf(self, tx, request):
        """The same statement as a PDF, for whoever may see it; rendered before, beside the hub."""
        storage.get_statement(tx.session, buyer(tx).firm_id, request["statement_id"])
        return request["printed"]

    @query(schemas.FirmsReceipt, reply=replies.Pdf, callers=MAILS, prepare=printing.enclose_receipt)
    def enclose_receipt(self, tx, request):
        """A firm's receipt as a PDF, to go with the mail about it."""
        return request["printed"]

    @query(
        schemas.FirmsStatement,
        reply=replies.Pdf,
        callers=MAILS,
        prepare=printing.enclose_statement,
    )
    def enclose_statement(self, tx, request):
        """A firm's statement as a PDF, to go with the mail about it."""
        return request["printed"]
