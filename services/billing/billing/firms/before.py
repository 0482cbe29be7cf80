"""Who is asking, as a member of their firm.

A membership is looked up in the local projection, which may lag behind groups. A refusal that
would rest on it is therefore checked once with groups, before the transaction.
"""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from billing.firms import schemas, storage
from billing.firms.acts import take_over
from billing.firms.errors import EmailNotVerified
from chassis.projections import ask_owner, of_request, refresh_unless


def require_verified_buyer(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Check as ``refresh_buyer``, for what is told by mail. Raises EmailNotVerified.

    The mailbox of an unverified account may be somebody else's, who would hear of each payment. A
    token may be older than the verification; then identity is asked, once.
    """
    request = refresh_buyer(service, call, request)
    if not call.actor.verified and not _is_verified(service, call.actor.account_id):
        raise EmailNotVerified("Verify your e-mail address first.")
    return request


def _is_member(session: Session, account_id: UUID) -> bool:
    return storage.find_active_member(session, account_id) is not None


def _may_buy(session: Session, account_id: UUID) -> bool:
    member = storage.find_active_member(session, account_id)
    return member is not None and member.may_buy


def _is_verified(service: Any, account_id: UUID) -> bool:
    account = ask_owner(
        lambda: service.identity.get_account(account_id=str(account_id)), schemas.Account
    )
    return account is not None and account["email_verified"]


def _ask_groups(service: Any, account_id: UUID) -> None:
    state = ask_owner(
        lambda: service.groups.get_membership(account_id=str(account_id)), schemas.Membership
    )
    if state is None:
        return
    with service.db.transaction() as tx:
        take_over(tx, state["firm"], service.prices)
        storage.project_member(tx.session, state)


# Who is not known as a member may have joined just now, and who may not buy been promoted.
refresh_member = refresh_unless(_is_member, _ask_groups)
refresh_buyer = refresh_unless(_may_buy, _ask_groups)
refresh_buyer_asked_for = refresh_unless(_may_buy, _ask_groups, of_request)
