"""What a firm has ordered, and the sums of it."""

from typing import Any
from uuid import UUID

from billing.firms.acts import buyer
from billing.firms.before import refresh_buyer, require_verified_buyer
from billing.firms.schemas import Firm
from billing.orders import acts, schemas, storage
from billing.orders.ledger import Balance, balance
from billing.orders.order import Order
from billing.plans.schemas import Nothing
from chassis.auth import PROFESSIONALS
from chassis.messages import command, on_event, query
from chassis.transactions import Transaction


class Orders:
    """What a firm has ordered; purchases has what it may order."""

    prices: Any
    gateways: Any

    @query(schemas.OneOrder, reply=schemas.Order, callers=PROFESSIONALS, prepare=refresh_buyer)
    def get_order(self, tx: Transaction, order_id: UUID) -> Order:
        """Return an order of the caller's firm, with its payments."""
        return storage.get_order(tx.session, buyer(tx).firm_id, order_id)

    @query(
        schemas.ListOrders, reply=schemas.OrderPage, callers=PROFESSIONALS, prepare=refresh_buyer
    )
    def list_orders(self, tx: Transaction, cursor: str | None, limit: int) -> dict[str, Any]:
        """Return a page of the firm's orders, the newest first."""
        return storage.list_orders(tx.session, buyer(tx).firm_id, cursor=cursor, limit=limit)

    @command(
        schemas.PayOrder, reply=schemas.Order, callers=PROFESSIONALS, prepare=require_verified_buyer
    )
    def pay_order(self, tx: Transaction, order_id: UUID, payment_method: str) -> Order:
        """Pay an order whose payment was declined, by a new payment."""
        self.gateways.require(payment_method)
        firm_id = buyer(tx).firm_id
        return acts.pay_again(tx, firm_id, order_id, payment_method)

    @command(schemas.OneOrder, reply=schemas.Order, callers=PROFESSIONALS, prepare=refresh_buyer)
    def cancel_order(self, tx: Transaction, order_id: UUID) -> Order:
        """Drop an order that is not paid and that no provider is being asked for."""
        return acts.cancel(tx, buyer(tx).firm_id, order_id)

    @query(Nothing, reply=schemas.Balance, callers=PROFESSIONALS, prepare=refresh_buyer)
    def get_balance(self, tx: Transaction) -> Balance:
        """Return what the firm was charged, has open, and got back."""
        who = buyer(tx)
        currency = acts.currency_of(tx, self.prices, who.firm_id)
        return balance(currency, storage.sum_entries(tx.session, who.firm_id, currency))

    @on_event("groups", "firm_closed.v1", Firm)
    def on_firm_closed(self, tx: Transaction, **firm: Any) -> None:
        """Wind up a firm that nobody is left in: nothing renews, or is charged or asked for."""
        acts.wind_up(tx, firm, self.prices)
