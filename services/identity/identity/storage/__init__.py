"""Tables identity owns, and every query identity runs on them."""

from identity.storage.accounts import (
    add_account,
    find_account_of,
    find_knock,
    get_account,
    get_password_hash,
    lapsed,
    lock_account,
    lock_account_of,
    lock_credential,
)
from identity.storage.devices import find_device, forget_access, forget_devices
from identity.storage.email_changes import close_email_changes, get_email_change
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
from identity.storage.sign_ups import forget_sign_ups, get_sign_up, list_sign_ups
from identity.storage.tables import metadata
from identity.storage.throttles import forget_attempts, lock_throttle

__all__ = [
    "add_account",
    "add_login",
    "close_email_changes",
    "close_reset_requests",
    "find_account_of",
    "find_device",
    "find_knock",
    "forget_access",
    "forget_attempts",
    "forget_devices",
    "forget_old",
    "forget_sign_ups",
    "get_account",
    "get_email_change",
    "get_link",
    "get_login",
    "get_password_hash",
    "get_reset_request",
    "get_sign_up",
    "lapsed",
    "list_live_logins",
    "list_sign_ups",
    "lock_account",
    "lock_account_of",
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
