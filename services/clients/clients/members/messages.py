"""What groups says of firms."""

from typing import Any

from chassis.messages import on_event
from chassis.transactions import Transaction
from clients.members import schemas, storage


class Members:
    """Events of groups that change nothing but our copies."""

    @on_event("groups", "firm_created.v1", schemas.FirmState)
    def on_firm_created(self, tx: Transaction, **firm: Any) -> None:
        storage.project_firm(tx.session, firm)

    @on_event("groups", "firm_changed.v1", schemas.FirmState)
    def on_firm_changed(self, tx: Transaction, **firm: Any) -> None:
        storage.project_firm(tx.session, firm)
