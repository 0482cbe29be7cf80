"""A sign-up with an address that has an account, which nobody has shown to be theirs."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from identity.accounts.account import Account, Details
from identity.accounts.events import Kind, VerificationRequested


@dataclass(eq=False)
class SignUp:
    """What somebody registered with, kept until it is known whose the address is.

    The first sign-up made the account and has no row of its own. Each further one waits here: its
    mail's link and its password together make it stand, in place of that account.
    """

    id: UUID
    account_id: UUID  # the account that has the address meanwhile
    kind: Kind
    email: str
    name: str
    phone: str | None
    password_hash: str
    signed_up_at: datetime

    @classmethod
    def beside(
        cls,
        account: Account,
        sign_up_id: UUID,
        email: str,
        details: Details,
        password_hash: str,
        now: datetime,
    ) -> tuple["SignUp", VerificationRequested]:
        """Return a sign-up with the account's address, and the event that has its mail sent."""
        sign_up = cls(
            sign_up_id, account.id, details.kind, email, details.name, details.phone,
            password_hash, now,
        )  # fmt: skip
        return sign_up, sign_up.request_verification()

    @property
    def details(self) -> Details:
        """Whose account it is to be."""
        return Details(self.kind, self.name, self.phone)

    def request_verification(self) -> VerificationRequested:
        """Send the mail that belongs to this sign-up."""
        return VerificationRequested(self.account_id, self.email, self.name, False, self.id)

    def is_a_repetition_of(self, account: Account) -> bool:
        """Return whether it may be the account's own holder once more; the password has to tell.

        Another kind is another account: a kind never changes (S1-29).
        """
        return self.kind is account.kind
