"""Accounts that are asked for: events may be a moment late.

Whoever would be refused for that is looked up with identity once; who is known here costs
nothing.
"""

from contextlib import suppress
from typing import Any
from uuid import UUID

from chassis.calls import Call
from chassis.errors import ChassisError, NotFound
from chassis.schemas import load
from groups.accounts import schemas as account_schemas
from groups.accounts import storage as accounts
from groups.accounts.errors import AccountNotFound, EmailNotVerified
from groups.members import storage
from groups.members.acts import welcome
from groups.members.errors import FirmNotReady

MAY_BE_LATE = {one.code for one in (FirmNotReady, AccountNotFound, EmailNotVerified)}


def catch_up(service: Any, call: Call, _request: dict[str, Any], refusal: ChassisError) -> bool:
    """Whether the refused call is worth another try: identity knows more of who calls than we did.

    Raises identity's NotFound for a caller without a firm who is not, or no longer, there, and
    Unavailable or DeadlineExceeded when identity does not answer.
    """
    account_id = call.actor.account_id if call.actor else None
    if refusal.code not in MAY_BE_LATE or account_id is None:
        return False
    try:
        _ask(service, account_id)
    except NotFound:
        if refusal.code == FirmNotReady.code:
            raise
        return False  # what is known here decides
    return True


def sure_of_inviter(service: Any, _call: Call, request: dict[str, Any]) -> dict[str, Any]:
    """A preparation: as ``sure_of_account``, and so for one whose address is not verified."""
    with suppress(NotFound):
        _look_up_inviter(service, request["account_id"])
    return request


def sure_of_account(service: Any, _call: Call, request: dict[str, Any]) -> dict[str, Any]:
    """A preparation: the account that is asked for is asked after with identity."""
    with suppress(NotFound):
        _look_up(service, request["account_id"])
    return request


def _look_up(service: Any, account_id: UUID) -> None:
    with service.db.transaction(read_only=True) as tx:
        known = storage.find_active_member(tx.session, account_id)
    if known is None:
        _ask(service, account_id)


def _look_up_inviter(service: Any, account_id: UUID) -> None:
    with service.db.transaction(read_only=True) as tx:
        member = storage.find_active_member(tx.session, account_id)
        account = accounts.find_account(tx.session, account_id)
    if member is None or account is None or not account.email_verified:
        _ask(service, account_id)


def _ask(service: Any, account_id: UUID) -> None:
    """Raises NotFound, and Unavailable or DeadlineExceeded when identity does not answer."""
    state = load(
        account_schemas.Account(), service.identity.get_account(account_id=str(account_id))
    )
    with service.db.transaction() as tx:
        welcome(tx, state)
