"""What billing says of licenses, between its events and the pool."""

from chassis.messages import on_event
from groups.firms import storage as firms
from groups.licenses import schemas, storage
from groups.licenses.levels import LevelChange, change_levels
from groups.licenses.purchase import Purchase, add_purchased


class Licenses:
    """Licenses that were bought, and the level of all of them."""

    @on_event("billing", "licenses_purchased.v1", schemas.LicensesPurchased)
    def on_licenses_purchased(self, tx, order):
        """Each license of a paid order joins the pool with its own year (S1-17)."""
        firm = firms.lock_firm(tx.session, order["firm_id"])
        if storage.knows_order(tx.session, order["order_id"]):
            return
        purchase = Purchase(
            order_id=order["order_id"],
            quantity=order["quantity"],
            level=order["level"],
            purchased_on=order["purchased_at"].date(),
            paid_through=order["paid_through"],
            purchased_at=order["purchased_at"],
        )
        tx.apply(add_purchased(firm, purchase, tx.context(order["bought_by"])))

    @on_event("billing", "license_levels_changed.v1", schemas.LicenseLevelsChanged)
    def on_license_levels_changed(self, tx, news):
        """The firm's plan is another, and all its licenses take the level (S1-11)."""
        firm = firms.lock_firm(tx.session, news["firm_id"])
        change = LevelChange(news["level"], news["changed_at"], news["version"])
        bought = storage.list_bought(tx.session, firm.id)
        tx.apply(change_levels(firm, change, bought, tx.context(news["changed_by"])))
