"""Asking for a new password: accepted for any address, looked at only afterwards."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from chassis.addresses import address_key
from identity.accounts.account import Account
from identity.links.errors import ResetRequestClosed
from identity.links.events import PasswordResetRequested


@dataclass(eq=False)
class ResetRequest:
    """Somebody's wish for a reset link to an address, until it is known whose that is."""

    id: UUID
    email_key: str | None
    requested_at: datetime
    expires_at: datetime
    account_id: UUID | None = None
    closed_at: datetime | None = None

    @classmethod
    def ask(
        cls, request_id: UUID, email: str, now: datetime, lifetime: timedelta
    ) -> "ResetRequest":
        """Return a request by anybody for any address (T18), which depends on no account."""
        return cls(request_id, address_key(email), now, now + lifetime)

    def answer(self, account: Account | None, now: datetime) -> PasswordResetRequested | None:
        """Return the event that has the link mailed, or None: now the address's owner is known.

        The mail goes to the address as registered. The address asked for is forgotten.
        """
        self.email_key = None
        if account is None:
            self.closed_at = now
            return None
        self.account_id = account.id
        return PasswordResetRequested(
            self.id, account.id, account.email, account.name, account.email_verified
        )

    def open_for(self, now: datetime) -> UUID:
        """Return whose password may be set. Raises ResetRequestClosed.

        It is over once the password was changed, after `expires_at`, and for an unknown address.
        """
        if self.account_id is None or self.closed_at is not None or now >= self.expires_at:
            raise ResetRequestClosed("This request is over.")
        return self.account_id
