"""Answer what other services ask about an account."""

from uuid import UUID

from chassis.auth import services
from chassis.messages import query
from chassis.transactions import Transaction
from identity.accounts import schemas, storage
from identity.accounts.account import Account

OTHERS = services("groups", "billing", "clients", "notifications")


class Accounts:
    """Messages about any account."""

    @query(schemas.AccountReference, reply=schemas.Account, callers=OTHERS)
    def get_account(self, tx: Transaction, account_id: UUID) -> Account:
        """Return any account, for a service whose projection may lag."""
        return storage.get_account(tx.session, account_id)
