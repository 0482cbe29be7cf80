"""Answer what other services ask about an account."""

from chassis.auth import services
from chassis.messages import query
from identity.accounts import schemas, storage

OTHERS = services("groups", "billing", "clients", "notifications")


class Accounts:
    """Messages about any account."""

    @query(schemas.AccountReference, reply=schemas.Account, callers=OTHERS)
    def get_account(self, tx, request):
        """Any account, for a service whose projection may lag."""
        return storage.get_account(tx.session, request["account_id"])
