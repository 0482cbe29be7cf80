"""Facts about login sessions. Field names are public: they stand in asyncapi.json."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar
from uuid import UUID


class EndReason(StrEnum):
    """Why a login session was ended before its time."""

    LOGGED_OUT = "logged_out"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a reason
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a reason
    TOKEN_REUSED = "token_reused"  # noqa: S105 - a reason
    ACCOUNT_CLOSED = "account_closed"


@dataclass(frozen=True)
class LoginRevoked:
    """A login session is over. Its access token dies by itself within one token lifetime (T20)."""

    TYPE: ClassVar = "login_revoked.v1"
    SUBJECT: ClassVar = "account_id"

    account_id: UUID
    session_id: UUID
    reason: EndReason
