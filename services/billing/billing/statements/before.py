"""Statements as PDF, printed before the transaction."""

from typing import Any

from billing.firms.acts import buyer
from billing.firms.before import refresh_buyer
from billing.papers.before import print_paper
from billing.papers.paper import Paper
from billing.statements import storage
from billing.statements.paper import paper_of
from chassis.preparing import alters


@alters(adds={"printed": dict[str, str]})
def print_statement(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Prepare the answer: the caller's statement, rendered under ``printed``.

    Raises what ``get_statement`` raises: NotAMember, BuyingNotAllowed, StatementNotFound.
    """
    refresh_buyer(service, call, request)
    paper = print_paper(service, lambda tx: _statement(tx, buyer(tx).firm_id, request))
    return {**request, "printed": paper}


@alters(drops={"firm_id", "statement_id"}, adds={"printed": dict[str, str]})
def enclose_statement(service: Any, _call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Prepare the same for a mail: a statement of the firm that is named.

    Raises StatementNotFound.
    """
    paper = print_paper(service, lambda tx: _statement(tx, request["firm_id"], request))
    return {"printed": paper}


def _statement(tx: Any, firm_id: Any, request: dict[str, Any]) -> Paper:
    return paper_of(storage.get_statement(tx.session, firm_id, request["statement_id"]))
