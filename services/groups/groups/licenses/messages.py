"""What billing says of licenses, between its events and the pool."""

from datetime import date, datetime
from uuid import UUID

from chassis.messages import on_event
from chassis.transactions import Transaction
from groups.firms import storage as firms
from groups.licenses import schemas, storage
from groups.licenses.levels import LevelChange, change_levels
from groups.licenses.purchase import Purchase, add_purchased


class Licenses:
    """Licenses that were bought, and the level of all of them."""

    @on_event("billing", "licenses_purchased.v1", schemas.LicensesPurchased)
    def on_licenses_purchased(
        self,
        tx: Transaction,
        order_id: UUID,
        firm_id: UUID,
        quantity: int,
        level: str,
        purchased_at: datetime,
        paid_through: date,
        bought_by: UUID,
    ) -> None:
        """Add each license of a paid order to the pool with its own year (S1-17)."""
        firm = firms.lock_firm(tx.session, firm_id)
        if storage.knows_order(tx.session, order_id):
            return
        purchase = Purchase(
            order_id=order_id,
            quantity=quantity,
            level=level,
            purchased_on=purchased_at.date(),
            paid_through=paid_through,
            purchased_at=purchased_at,
        )
        tx.apply(add_purchased(firm, purchase, tx.context(bought_by)))

    @on_event("billing", "license_levels_changed.v1", schemas.LicenseLevelsChanged)
    def on_license_levels_changed(
        self,
        tx: Transaction,
        firm_id: UUID,
        level: str,
        changed_by: UUID,
        changed_at: datetime,
        version: int,
    ) -> None:
        """Give all the firm's licenses the level of its new plan (S1-11)."""
        firm = firms.lock_firm(tx.session, firm_id)
        change = LevelChange(level, changed_at, version)
        bought = storage.list_bought(tx.session, firm.id)
        tx.apply(change_levels(firm, change, bought, tx.context(changed_by)))
