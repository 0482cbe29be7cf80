"""Receipts as PDF: laid out in a thread beside the hub, one at a time, never in a transaction."""

import base64
from typing import Any

from eventlet import tpool
from eventlet.semaphore import Semaphore

from billing import storage
from billing.buyers import ask_if_no_buyer, buyer
from billing.domain.receipt import Receipt
from chassis.calls import refuse_in_transaction

_turn = Semaphore(1)  # fonts are counted per process, and a page takes some milliseconds


def print_receipt(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Prepare the answer: the caller's receipt, rendered under ``printed``.

    Raises what ``get_receipt`` raises: NotAMember, BuyingNotAllowed, ReceiptNotFound.
    """
    ask_if_no_buyer(service, call, request)
    with service.db.transaction(read_only=True) as tx:
        receipt = storage.get_receipt(tx.session, buyer(tx).firm_id, **request)
        tx.session.expunge(receipt)
    return {**request, "printed": printed(receipt)}


def printed(receipt: Receipt) -> dict[str, str]:
    """The receipt as a file. Raises WaitingInTransaction inside one."""
    refuse_in_transaction("rendering a receipt")
    from billing.receipt_pdf import render  # loaded by the process that is asked for one

    with _turn:
        content = tpool.execute(render, receipt)
    return {
        "file_name": f"receipt-{receipt.number}.pdf",
        "content_type": "application/pdf",
        "content_base64": base64.b64encode(content).decode(),
    }
