"""Another address for an account: good once somebody who reads its mailbox has confirmed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from identity.accounts.account import Account
from identity.links.errors import EmailChangeClosed, EmailUnchanged
from identity.links.events import EmailChangeRequested


@dataclass(eq=False)
class EmailChange:
    """An owner's wish for another address; the newest of an account is the one that counts."""

    id: UUID
    account_id: UUID
    email: str
    requested_at: datetime
    expires_at: datetime
    closed_at: datetime | None = None

    @classmethod
    def ask(
        cls,
        change_id: UUID,
        account: Account,
        email: str,
        now: datetime,
        lifetime: timedelta,
        *,
        taken: bool,
    ) -> tuple["EmailChange", EmailChangeRequested]:
        """Return a wish of the account's owner, and the event that has both mailboxes told.

        Another spelling of the present address is another address: mail goes to what was proven.
        Raises EmailUnchanged.
        """
        if email == account.email:
            said = ["This is your address already."]
            raise EmailUnchanged("Nothing would change.", fields={"new_email": said})
        change = cls(change_id, account.id, email, now, now + lifetime)
        return change, EmailChangeRequested(
            change_id, account.id, account.email, account.name, account.email_verified,
            email, taken, now,
        )  # fmt: skip

    def require_open(self, now: datetime) -> None:
        """Raise EmailChangeClosed once it was done, replaced or is too old."""
        if self.closed_at is not None or now >= self.expires_at:
            raise EmailChangeClosed("This change of address is over. Ask for it again.")
