"""One-time links: what a mail carries to show that its reader may do one certain thing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.links import fingerprint
from identity.links.errors import LinkExpired, LinkRevoked, LinkUsed


class Purpose(StrEnum):
    """The one thing a link lets its reader do."""

    VERIFY_EMAIL = "verify_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - a purpose
    CHANGE_EMAIL = "change_email"


@dataclass(eq=False)
class Link:
    """The right to do one thing once, until it expires. Opening it does nothing."""

    digest: str
    account_id: UUID
    purpose: Purpose
    issued_at: datetime
    expires_at: datetime
    sign_up_id: UUID | None = None  # which sign-up it is for; None: the account's own
    used_at: datetime | None = None
    revoked_at: datetime | None = None
    email_change_id: UUID | None = None  # which change of address it is for

    @classmethod
    def issue(
        cls,
        token: str,
        account_id: UUID,
        purpose: Purpose,
        now: datetime,
        lifetime: timedelta,
        sign_up_id: UUID | None = None,
        email_change_id: UUID | None = None,
    ) -> "Link":
        """Return a link that `token` opens; earlier ones stay good, as a mail may be sent twice."""
        return cls(
            fingerprint(token), account_id, purpose, now, now + lifetime, sign_up_id,
            email_change_id=email_change_id,
        )  # fmt: skip

    def require_open(self, now: datetime) -> None:
        """Raise LinkUsed, LinkRevoked or LinkExpired unless it can be spent now."""
        if self.used_at is not None:
            raise LinkUsed("This link has been used already.")
        if self.revoked_at is not None:
            raise LinkRevoked("This link is no longer needed.")
        if now >= self.expires_at:
            raise LinkExpired("This link is too old. Ask for a new one.")

    def spend(self, now: datetime) -> None:
        """Use it up. Raises like require_open."""
        self.require_open(now)
        self.used_at = now
