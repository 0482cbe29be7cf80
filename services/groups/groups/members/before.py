"""Accounts that are asked for: events may be a moment late.

Whoever would be refused for that is looked up with identity once; who is known here costs
nothing.
"""

from typing import Any
from uuid import UUID

from chassis.calls import Call
from chassis.errors import ChassisError, NotFound
from chassis.schemas import load
from groups.accounts import schemas as account_schemas
from groups.accounts.errors import AccountNotFound, EmailNotVerified
from groups.members.acts import take_over
from groups.members.errors import FirmNotReady, InNoFirm

MAY_BE_LATE = (FirmNotReady, InNoFirm, AccountNotFound, EmailNotVerified)


def catch_up(service: Any, call: Call, request: dict[str, Any], refusal: ChassisError) -> bool:
    """Return whether the refused call is worth another try: identity may know more of the account.

    That is the caller's, or the one that another service names as ``account_id``. Raises
    identity's NotFound for a caller without a firm who is not, or no longer, there, and
    Unavailable or DeadlineExceeded when identity does not answer.
    """
    caller = call.actor.account_id if call.actor else None
    account_id = caller or request.get("account_id")
    if not isinstance(refusal, MAY_BE_LATE) or account_id is None:
        return False
    try:
        _ask(service, account_id)
    except NotFound:
        if isinstance(refusal, FirmNotReady):
            raise
        return False  # what is known here decides
    return True


def _ask(service: Any, account_id: UUID) -> None:
    state = load(
        account_schemas.Account(), service.identity.get_account(account_id=str(account_id))
    )
    with service.db.transaction() as tx:
        take_over(tx, state)
