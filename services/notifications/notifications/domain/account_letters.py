"""Mails about what owners do with their accounts: another address, and the end."""

from typing import Any

from notifications.domain.letters import Kind, Letter

BY_OWNERS = {"by_owner": Kind.ACCOUNT_CLOSED, "kind_changed": Kind.KIND_CHANGED}


def email_change(asked: dict[str, Any]) -> list[Letter]:
    """To the new mailbox a link, to the present one a warning.

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
    """To the former address, if it was proven: it is the account's no more."""
    if not account["old_email_verified"]:
        return None
    facts = {"changed_at": account["changed_at"].isoformat()}
    return Letter(
        Kind.EMAIL_CHANGED, account["account_id"], str(account["version"]), account["old_email"],
        account["name"], facts=facts,
    )  # fmt: skip


def account_closed(account: dict[str, Any]) -> Letter | None:
    """To the owner of a proven account, who may not be the one who closed it."""
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
