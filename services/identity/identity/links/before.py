"""Count mails before a link is wished for, to known and unknown addresses alike."""

from typing import Any

from chassis.preparing import alters
from identity.accounts import storage as accounts
from identity.logins.before import by_password
from identity.passwords.before import admit
from identity.passwords.password import require_acceptable
from identity.passwords.throttle import MAILS, mails_to


@alters(drops={"password"}, adds={"password_hash": str})
def registration(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Refuse a weak password, count, and hash, for known addresses as well (T18)."""
    password = request.pop("password")
    require_acceptable(password, request["email"])
    service.passwords.require_room()
    with service.db.transaction() as tx:
        admit(tx, mails_to(request["email"]), MAILS)
    return request | {"password_hash": service.passwords.hash(password)}


def reset_request(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Count a mail to this address, whether or not it will be sent."""
    with service.db.transaction() as tx:
        admit(tx, mails_to(request["email"]), MAILS)
    return request


def verification_request(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Count a mail to the caller's own address."""
    with service.db.transaction() as tx:
        account = accounts.get_account(tx.session, call.actor.account_id)
        admit(tx, mails_to(account.email), MAILS)
    return request


@alters(drops={"current_password"}, adds={"verified_hash": str})
def email_change(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Check as `by_password`; then count a mail to the new address, and one by this account."""
    checked = by_password(service, call, request)
    with service.db.transaction() as tx:
        admit(tx, f"moving:{call.actor.account_id}", MAILS)
        admit(tx, mails_to(checked["new_email"]), MAILS)
    return checked
