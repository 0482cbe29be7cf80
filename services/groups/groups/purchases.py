"""What billing says of licenses, between its events and the pool."""

from typing import Any

from chassis.transactions import Transaction
from groups import storage
from groups.domain.act import Act
from groups.domain.levels import LevelChange, change_levels
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
        purchased_at=order["purchased_at"],
    )
    settle(tx, add_purchased(firm, purchase, Act(order["bought_by"], tx.now, tx.new_id)))


def change_level(tx: Transaction, news: dict[str, Any]) -> None:
    """Give all that the firm has bought another level. Raises FirmNotFound."""
    firm = storage.lock_firm(tx.session, news["firm_id"])
    change = LevelChange(news["level"], news["changed_at"], news["version"])
    bought = storage.list_bought(tx.session, firm.id)
    settle(tx, change_levels(firm, change, bought, Act(news["changed_by"], tx.now, tx.new_id)))
