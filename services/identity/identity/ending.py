"""What a new password puts an end to."""

from typing import Any

from identity import storage
from identity.domain.account import Account
from identity.domain.events import EndReason
from identity.domain.link import Purpose
from identity.domain.login import LoginSession


def after_new_password(
    tx: Any, account: Account, reason: EndReason, keep: LoginSession | None = None
) -> None:
    """End every login but `keep`, and every reset link and request; let the owner be told."""
    tx.emit(account.password_changed(tx.now))
    for login in storage.lock_live_logins(tx.session, account.id, tx.now):
        if keep is None or login.id != keep.id:
            tx.emit(login.end(reason, tx.now))
    storage.revoke_links(tx.session, account.id, Purpose.RESET_PASSWORD, tx.now)
    storage.close_reset_requests(tx.session, account.id, tx.now)
