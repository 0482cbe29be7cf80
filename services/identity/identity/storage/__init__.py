"""Tables identity owns, and every query identity runs on them."""

from identity.storage.accounts import (
    add_account,
    find_account,
    find_password_hash,
    get_account,
    get_password_hash,
    lock_account,
    lock_credential,
)
from identity.storage.forgetting import forget_old
from identity.storage.links import get_link, lock_link, revoke_links
from identity.storage.logins import (
    add_login,
    get_login,
    list_live_logins,
    lock_live_logins,
    lock_login,
    lock_refresh_token,
)
from identity.storage.resets import (
    close_reset_requests,
    get_reset_request,
    lock_unanswered,
    unanswered,
)
from identity.storage.tables import metadata
from identity.storage.throttles import forget_attempts, lock_throttle

__all__ = [
    "add_account",
    "add_login",
    "close_reset_requests",
    "find_account",
    "find_password_hash",
    "forget_attempts",
    "forget_old",
    "get_account",
    "get_link",
    "get_login",
    "get_password_hash",
    "get_reset_request",
    "list_live_logins",
    "lock_account",
    "lock_credential",
    "lock_link",
    "lock_live_logins",
    "lock_login",
    "lock_refresh_token",
    "lock_throttle",
    "lock_unanswered",
    "metadata",
    "revoke_links",
    "unanswered",
]
