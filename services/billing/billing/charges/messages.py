"""The open account: what is owed without an order of the moment."""

from typing import Any
from uuid import UUID

from billing.charges import charge as charging
from billing.charges import schemas, storage
from billing.firms.acts import buyer
from billing.firms.before import refresh_buyer
from billing.orders import storage as orders
from billing.orders.acts import currency_of
from billing.plans.price_list import PriceList
from chassis.auth import PROFESSIONALS
from chassis.messages import on_event, query
from chassis.transactions import Transaction


class Charges:
    """What a firm will find on its next statement."""

    prices: Any

    @query(schemas.ListCharges, reply=schemas.ChargePage, callers=PROFESSIONALS,
           prepare=refresh_buyer)  # fmt: skip
    def list_charges(self, tx: Transaction, cursor: str | None, limit: int) -> dict[str, Any]:
        """Return what will stand on the next statement, the newest first."""
        return storage.list_charges(tx.session, buyer(tx).firm_id, cursor=cursor, limit=limit)

    @on_event("groups", "license_renewed.v1", schemas.LicenseRenewed)
    def on_license_renewed(self, tx: Transaction, **year: Any) -> None:
        """Charge another year of a member's license, once (Q3)."""
        charge_license(tx, self.prices, year)

    @on_event("groups", "license_expired.v1", schemas.LicenseExpired)
    def on_license_expired(self, tx: Transaction, order_id: UUID | None, number: int) -> None:
        """Drop a license that nobody was given: it is gone, and never charged again (S1-20)."""
        if order_id:
            orders.drop_term(tx.session, order_id, number)


def charge_license(tx: Transaction, prices: PriceList, year: dict[str, Any]) -> None:
    """Charge the firm for a member's license that goes on for a year, once (S1-38, Q3)."""
    currency = currency_of(tx, prices, year["firm_id"])
    renewal = charging.license_renewal(prices, year, currency, tx.context(None))
    storage.add_charge(tx.session, renewal)
    if year["order_id"]:
        orders.extend_term(tx.session, year["order_id"], year["number"], year["paid_through"])
