"""Letters: which event owes whom a mail, and the facts each kind of mail tells.

Facts are plain JSON and never hold a token: the link is asked for when the mail is sent.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from notifications.domain.subjects import jointly, order_of


class Kind(StrEnum):
    """What a mail is for; also the name of its folder of templates."""

    VERIFICATION = "verification"
    ALREADY_REGISTERED = "already_registered"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a name
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a name
    INVITATION = "invitation"
    WELCOME = "welcome"
    RECEIPT = "receipt"
    PAYMENT_DECLINED = "payment_declined"
    REMOVED = "removed"
    LEFT = "left"
    ROLE_CHANGED = "role_changed"
    LICENSE_WARNING = "license_warning"
    LICENSE_LAPSE = "license_lapse"
    INVITATION_EXPIRING = "invitation_expiring"
    INVITATION_EXPIRED = "invitation_expired"
    REASSIGNMENT = "reassignment"
    CONNECTION_REQUEST = "connection_request"
    STATEMENT = "statement"
    PAYMENT_OVERDUE = "payment_overdue"
    CONNECTION_TRANSFERRED = "connection_transferred"
    EMAIL_CHANGE = "email_change"
    EMAIL_CHANGE_ASKED = "email_change_asked"
    EMAIL_CHANGED = "email_changed"
    ACCOUNT_CLOSED = "account_closed"
    KIND_CHANGED = "kind_changed"


@dataclass(frozen=True)
class Letter:
    """A mail that is owed.

    ``about_id`` is the thing it is about, ``generation`` tells a wanted second mail about the
    same thing (a resent invitation) from the same event heard twice. ``subject_id`` is what else
    news may speak of that end the mail, up to its ``rank`` (overtaking.py).
    """

    kind: Kind
    about_id: UUID
    generation: str
    recipient: str
    recipient_name: str
    firm_id: UUID | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    subject_id: UUID | None = None
    rank: int = 0


def verification(account: dict[str, Any], generation: str) -> Letter | None:
    """To a new account, or a sign-up with its address: confirm that the address is yours.

    None for an account that has been proven: it began with that.
    """
    if account["email_verified"]:
        return None
    sign_up_id = account["sign_up_id"]
    facts = {"sign_up_id": str(sign_up_id)} if sign_up_id else {}
    address = jointly(account["account_id"], account["email"])
    return _to_account(
        Kind.VERIFICATION, account["account_id"], account, generation, facts, subject_id=address
    )


def already_registered(account: dict[str, Any], generation: str) -> Letter:
    """To the owner of an address that somebody tried to register again (T18)."""
    return _to_account(Kind.ALREADY_REGISTERED, account["account_id"], account, generation)


def password_reset(request: dict[str, Any]) -> Letter:
    """To the account a reset was asked for; one mail for each request."""
    return _to_account(Kind.PASSWORD_RESET, request["request_id"], request, "1")


def password_changed(account: dict[str, Any], generation: str) -> Letter | None:
    """To the account's owner, who may not be the one who changed it; None for one not verified.

    Whose the mailbox is that nobody has proven, has no part in that account.
    """
    if not account["email_verified"]:
        return None
    facts = {"changed_at": account["changed_at"].isoformat()}
    return _to_account(Kind.PASSWORD_CHANGED, account["account_id"], account, generation, facts)


def invitation(invited: dict[str, Any]) -> Letter:
    """To the invitee, with the inviter's own words (S1-31, S1-33); a new one for each resending."""
    return Letter(
        Kind.INVITATION,
        invited["invitation_id"],
        str(invited["version"]),
        invited["email"],
        invited["name"],
        invited["firm_id"],
        {
            "firm_name": invited["firm_name"],
            "role": invited["role"],
            "message": message_of(invited["invited_by"], invited["message"]),
            **asker(invited["invited_by"]),
        },
        rank=invited["version"],
    )


def asker(person: dict[str, Any]) -> dict[str, Any]:
    """Whom a stranger reads about, and the address to answer to: only one that is verified."""
    verified = person["email_verified"]
    return {"inviter_name": person["name"], "inviter_email": person["email"] if verified else ""}


def message_of(person: dict[str, Any], message: str | None) -> str:
    """What the asker writes; nothing of somebody whose event says that they are not verified.

    An event from before that was said leaves it open, and the message is shown.
    """
    return "" if person["email_verified"] is False else message or ""


def welcome(joined: dict[str, Any]) -> Letter | None:
    """To a member who has accepted an invitation; None for one who came by founding the firm."""
    if joined["invitation_id"] is None:
        return None
    return Letter(
        Kind.WELCOME,
        joined["member_id"],
        str(joined["invitation_id"]),
        joined["email"],
        joined["name"],
        joined["firm_id"],
        {
            "firm_name": joined["firm_name"],
            "role": joined["role"],
            "inviter_name": joined["invited_by_name"] or "",
        },
    )


def receipt(issued: dict[str, Any]) -> list[Letter]:
    """To everybody whom billing names: who gets receipts is its rule (S1-61, S1-65)."""
    facts = {
        "number": issued["number"],
        "firm_name": issued["firm_name"],
        "lines": issued["lines"],
        "total": issued["total"],
        "currency": issued["currency"],
        "issued_at": issued["issued_at"].isoformat(),
    }
    return _to_each(Kind.RECEIPT, issued["receipt_id"], issued, facts)


def payment_declined(declined: dict[str, Any]) -> list[Letter]:
    """To everybody whom billing names, with the provider's reason."""
    facts = {
        "firm_name": declined["firm_name"],
        "order_id": str(declined["order_id"]),
        "reason": declined["reason"],
        "total": declined["total"],
        "currency": declined["currency"],
    }
    payment_id, order_id = declined["payment_id"], declined["order_id"]
    rank = order_of(payment_id)
    return _to_each(Kind.PAYMENT_DECLINED, payment_id, declined, facts, order_id, rank)


def _to_account(
    kind: Kind,
    about_id: UUID,
    account: dict[str, Any],
    generation: str,
    facts: dict[str, Any] | None = None,
    subject_id: UUID | None = None,
) -> Letter:
    # A stranger may have typed the name, and its words are not for whoever reads that mailbox.
    name = account["name"] if account["email_verified"] else ""
    facts = facts or {}
    return Letter(kind, about_id, generation, account["email"], name, None, facts, subject_id)


def _to_each(
    kind: Kind,
    about_id: UUID,
    event: dict[str, Any],
    facts: dict[str, Any],
    subject_id: UUID | None = None,
    rank: int = 0,
) -> list[Letter]:
    firm_id = event["firm_id"]
    return [
        Letter(kind, about_id, "1", one["email"], one["name"], firm_id, facts, subject_id, rank)
        for one in event["recipients"]
    ]
