"""Account: what groups knows of identity's accounts."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from chassis.addresses import address_key
from groups.accounts.errors import AccountNotFound, EmailNotVerified


class Kind(StrEnum):
    """Professionals form firms; clients are those they serve."""

    PROFESSIONAL = "professional"
    CLIENT = "client"


@dataclass(eq=False)
class Account:
    """A copy of identity's account as of ``version``."""

    account_id: UUID
    kind: Kind
    email: str
    name: str
    email_verified: bool
    version: int
    closed: bool = False

    @property
    def address(self) -> str:
        """The e-mail address in the form in which addresses are compared."""
        return address_key(self.email)

    @property
    def is_professional(self) -> bool:
        """Whether this account has a firm."""
        return self.kind is Kind.PROFESSIONAL


def require_open(account: Account | None) -> Account:
    """Return the account. Raises AccountNotFound for none, and for one that is closed."""
    if account is None or account.closed:
        raise AccountNotFound("there is no such account")
    return account


def require_verified(account: Account | None) -> UUID:
    """Return the account's id. Raises EmailNotVerified: an unproven mailbox lets no mail leave."""
    if account is None or not account.email_verified:
        raise EmailNotVerified("Verify your e-mail address first; until then you mail nobody else.")
    return account.account_id
