"""Who is asking, as a member of their firm.

A membership is looked up in the local projection, which may lag behind groups. A refusal that
would rest on it is therefore checked once with groups, before the transaction.
"""

from typing import Any
from uuid import UUID

from billing.firms import schemas, storage
from billing.firms.acts import take_over
from billing.firms.errors import EmailNotVerified
from billing.firms.member import Buyer
from chassis.errors import NotFound
from chassis.schemas import load


def ask_if_no_member(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Prepare a message for members: who is not known as one may have joined just now."""
    if _find(service) is None:
        _ask_groups(service, call.actor.account_id)
    return request


def ask_if_no_buyer(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Prepare a message for buyers: who may not buy may have been promoted just now."""
    known = _find(service)
    if known is None or not known.may_buy:
        _ask_groups(service, call.actor.account_id)
    return request


def vouched_buyer(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """As ``ask_if_no_buyer``, for what is told by mail. Raises EmailNotVerified.

    The mailbox of an unverified account may be somebody else's, who would hear of each payment. A
    token may be older than the verification; then identity is asked, once.
    """
    request = ask_if_no_buyer(service, call, request)
    if not call.actor.verified and not _is_verified(service, call.actor.account_id):
        raise EmailNotVerified("Verify your e-mail address first.")
    return request


def ask_if_no_such_buyer(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """The same for a service that asks on behalf of the account in its request."""
    account_id = request["account_id"]
    with service.db.transaction(read_only=True) as tx:
        known = storage.find_active_member(tx.session, account_id)
    if known is None or not known.may_buy:
        _ask_groups(service, account_id)
    return request


def _find(service: Any) -> Buyer | None:
    with service.db.transaction(read_only=True) as tx:
        return storage.find_active_member(tx.session, tx.actor.account_id)


def _is_verified(service: Any, account_id: UUID | None) -> bool:
    try:
        told = service.identity.get_account(account_id=str(account_id))
    except NotFound:
        return False
    verified: bool = load(schemas.Account(), told)["email_verified"]
    return verified


def _ask_groups(service: Any, account_id: UUID | None) -> None:
    """Take over what groups knows of the caller. Raises Unavailable, DeadlineExceeded."""
    try:
        told = service.groups.get_membership(account_id=str(account_id))
    except NotFound:
        return
    state = load(schemas.Membership(), told)
    with service.db.transaction() as tx:
        take_over(tx, state["firm"], service.prices)
        storage.project_member(tx.session, state)
