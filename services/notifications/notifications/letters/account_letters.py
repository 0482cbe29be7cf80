"""Mails that what happens to accounts owes: to their owners, and to an address they are to get."""

from typing import Any
from uuid import UUID

from notifications.mails.letter import Kind, Letter
from notifications.mails.subjects import jointly

BY_OWNERS = {"by_owner": Kind.ACCOUNT_CLOSED, "kind_changed": Kind.KIND_CHANGED}


def verification(account: dict[str, Any], generation: str) -> Letter | None:
    """Return the mail to a new account, or a sign-up with its address: confirm that it is yours.

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
    """Return the mail to the owner of an address that somebody tried to register again (T18)."""
    return _to_account(Kind.ALREADY_REGISTERED, account["account_id"], account, generation)


def password_reset(request: dict[str, Any]) -> Letter:
    """Return the mail to the account a reset was asked for; one for each request."""
    return _to_account(Kind.PASSWORD_RESET, request["request_id"], request, "1")


def password_changed(account: dict[str, Any], generation: str) -> Letter | None:
    """Return the mail to the account's owner, who may not be who changed it; None if not verified.

    Whose the mailbox is that nobody has proven, has no part in that account.
    """
    if not account["email_verified"]:
        return None
    facts = {"changed_at": account["changed_at"].isoformat()}
    return _to_account(Kind.PASSWORD_CHANGED, account["account_id"], account, generation, facts)


def email_change(asked: dict[str, Any]) -> list[Letter]:
    """Return a mail with a link to the new mailbox, one with a warning to the present one.

    The new one is not greeted: nobody has shown that it is the account's. One that is another
    account's gets no link; identity has its owner told. A present one that nobody has proven has
    no part in the account.
    """
    change_id, account_id = asked["change_id"], asked["account_id"]
    letters = []
    if not asked["taken"]:
        new = asked["new_email"]
        letters.append(Letter(Kind.EMAIL_CHANGE, change_id, "1", new, "", subject_id=account_id))
    if asked["email_verified"]:
        facts = {
            "new_email": asked["new_email"],
            "requested_at": asked["requested_at"].isoformat(),
        }
        letters.append(
            Letter(
                Kind.EMAIL_CHANGE_ASKED, change_id, "1", asked["email"], asked["name"],
                facts=facts, subject_id=account_id,
            )
        )  # fmt: skip
    return letters


def email_changed(account: dict[str, Any]) -> Letter | None:
    """Return the mail to the former address, if it was proven: it is the account's no more."""
    if not account["old_email_verified"]:
        return None
    facts = {"changed_at": account["changed_at"].isoformat()}
    return Letter(
        Kind.EMAIL_CHANGED, account["account_id"], str(account["version"]), account["old_email"],
        account["name"], facts=facts,
    )  # fmt: skip


def account_closed(account: dict[str, Any]) -> Letter | None:
    """Return the mail to the owner of a proven account, who may not be the one who closed it."""
    kind = BY_OWNERS.get(account["reason"])
    if kind is None or not account["email_verified"]:
        return None
    facts = {"closed_at": account["closed_at"].isoformat()}
    if kind is Kind.KIND_CHANGED:
        facts["former_kind"] = account["kind"]
    return Letter(
        kind, account["account_id"], "1", account["email"], account["name"],
        facts=facts,
    )  # fmt: skip


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
