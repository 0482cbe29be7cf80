"""Receipts as PDF, printed before the transaction."""

from typing import Any

from billing.firms.acts import buyer
from billing.firms.before import refresh_buyer
from billing.papers.before import print_paper
from billing.papers.paper import Paper
from billing.receipts import storage
from billing.receipts.paper import paper_of
from chassis.preparing import alters


@alters(adds={"printed": dict[str, str]})
def print_receipt(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Prepare the answer: the caller's receipt, rendered under ``printed``.

    Raises what ``get_receipt`` raises: NotAMember, BuyingNotAllowed, ReceiptNotFound.
    """
    refresh_buyer(service, call, request)
    paper = print_paper(service, lambda tx: _receipt(tx, buyer(tx).firm_id, request))
    return {**request, "printed": paper}


@alters(drops={"firm_id", "receipt_id"}, adds={"printed": dict[str, str]})
def enclose_receipt(service: Any, _call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Prepare the same for a mail: a receipt of the firm that is named. Raises ReceiptNotFound."""
    paper = print_paper(service, lambda tx: _receipt(tx, request["firm_id"], request))
    return {"printed": paper}


def _receipt(tx: Any, firm_id: Any, request: dict[str, Any]) -> Paper:
    return paper_of(storage.get_receipt(tx.session, firm_id, request["receipt_id"]))
