"""Receipts and statements as PDF: laid out in a thread beside the hub, never in a transaction."""

import base64
from collections.abc import Callable
from typing import Any

from eventlet import tpool
from eventlet.semaphore import Semaphore

from billing import storage
from billing.buyers import ask_if_no_buyer, buyer
from chassis.calls import refuse_in_transaction

_turn = Semaphore(1)  # one paper at a time: a page takes some hundredths of a second
Paper = Any  # billing.paper's, which is loaded by the process that is asked for one


def print_receipt(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Prepare the answer: the caller's receipt, rendered under ``printed``.

    Raises what ``get_receipt`` raises: NotAMember, BuyingNotAllowed, ReceiptNotFound.
    """
    ask_if_no_buyer(service, call, request)
    return _print(service, request, lambda tx: _receipt(tx, buyer(tx).firm_id, request))


def print_statement(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Prepare the answer: the caller's statement, rendered under ``printed``.

    Raises what ``get_statement`` raises: NotAMember, BuyingNotAllowed, StatementNotFound.
    """
    ask_if_no_buyer(service, call, request)
    return _print(service, request, lambda tx: _statement(tx, buyer(tx).firm_id, request))


def enclose_receipt(service: Any, _call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """The same for a mail: a receipt of the firm that is named. Raises ReceiptNotFound."""
    return _print(service, request, lambda tx: _receipt(tx, request["firm_id"], request))


def enclose_statement(service: Any, _call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """The same for a mail: a statement of the firm that is named. Raises StatementNotFound."""
    return _print(service, request, lambda tx: _statement(tx, request["firm_id"], request))


def printed(paper: Paper) -> dict[str, str]:
    """The paper as a file. Raises WaitingInTransaction inside one."""
    refuse_in_transaction("rendering a paper")
    from billing.paper import render

    with _turn:
        content = tpool.execute(render, paper)
    return {
        "file_name": f"{paper.title.lower()}-{paper.number}.pdf",
        "content_type": "application/pdf",
        "content_base64": base64.b64encode(content).decode(),
    }


def _print(service: Any, request: dict[str, Any], find: Callable[[Any], Paper]) -> dict[str, Any]:
    with service.db.transaction(read_only=True) as tx:
        paper = find(tx)
    return {**request, "printed": printed(paper)}


def _receipt(tx: Any, firm_id: Any, request: dict[str, Any]) -> Paper:
    from billing.receipt_pdf import paper_of

    return paper_of(storage.get_receipt(tx.session, firm_id, request["receipt_id"]))


def _statement(tx: Any, firm_id: Any, request: dict[str, Any]) -> Paper:
    from billing.statement_pdf import paper_of

    return paper_of(storage.get_statement(tx.session, firm_id, request["statement_id"]))
