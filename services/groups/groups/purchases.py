"""Paid orders between billing's event and the pool."""

from typing import Any

from chassis.transactions import Transaction
from groups import storage
from groups.domain import levels
from groups.domain.act import Act
from groups.domain.purchase import Purchase, add_purchased
from groups.settling import settle


def receive(tx: Transaction, order: dict[str, Any]) -> None:
    """Put an order's licenses into the firm's pool, once. Raises FirmNotFound."""
    firm = storage.lock_firm(tx.session, order["firm_id"])
    if storage.knows_order(tx.session, order["order_id"]):
        return
    purchase = Purchase(
        order_id=order["order_id"],
        quantity=order["quantity"],
        level=order["level"],
        purchased_on=order["purchased_at"].date(),
        paid_through=order["paid_through"],
    )
    settle(tx, add_purchased(firm, purchase, Act(order["bought_by"], tx.now, tx.new_id)))


def take_level(tx: Transaction, change: dict[str, Any]) -> None:
    """All licenses that the firm bought take the level; older news than known change nothing."""
    firm = storage.lock_firm(tx.session, change["firm_id"])
    act = Act(change["changed_by"], tx.now, tx.new_id)
    licenses = storage.list_bought(tx.session, firm.id)
    settle(tx, levels.take_level(firm, licenses, change["level"], change["version"], act))
