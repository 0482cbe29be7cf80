"""Statements and receipts: listed, shown, and as files to keep."""

from uuid import UUID

from werkzeug.wrappers import Response

from gateway.downloads import download
from gateway.pages.billing import billing_page, one_page
from gateway.pages.page import get
from gateway.visits import Visit


def list_statements(visit: Visit) -> Response:
    """List the firm's monthly statements, the newest first."""
    found = visit.ask("billing", "list_statements", **one_page(visit))
    return billing_page(visit, "billing/statements", found=found)


def show_statement(visit: Visit, statement_id: UUID) -> Response:
    """Show what a month came to, and whether it is paid."""
    shown = visit.ask("billing", "get_statement", statement_id=str(statement_id))
    return billing_page(visit, "billing/statement", statement=shown)


def keep_statement(visit: Visit, statement_id: UUID) -> Response:
    """Give the statement as a PDF."""
    return download(visit.ask("billing", "get_statement_pdf", statement_id=str(statement_id)))


def list_receipts(visit: Visit) -> Response:
    """List the firm's receipts, the newest first."""
    found = visit.ask("billing", "list_receipts", **one_page(visit))
    return billing_page(visit, "billing/receipts", found=found)


def show_receipt(visit: Visit, receipt_id: UUID) -> Response:
    """Show what was paid, and whom the receipt went to (S1-61, S1-65)."""
    shown = visit.ask("billing", "get_receipt", receipt_id=str(receipt_id))
    return billing_page(visit, "billing/receipt", receipt=shown)


def keep_receipt(visit: Visit, receipt_id: UUID) -> Response:
    """Give the receipt as a PDF."""
    return download(visit.ask("billing", "get_receipt_pdf", receipt_id=str(receipt_id)))


PAGES = (
    get("/billing/statements", list_statements),
    get("/billing/statements/<uuid:statement_id>", show_statement),
    get("/billing/statements/<uuid:statement_id>/pdf", keep_statement),
    get("/billing/receipts", list_receipts),
    get("/billing/receipts/<uuid:receipt_id>", show_receipt),
    get("/billing/receipts/<uuid:receipt_id>/pdf", keep_receipt),
)
