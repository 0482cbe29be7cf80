"""A firm that billing hears of: its name, the trial it starts with, and its end."""

from contextlib import suppress
from typing import Any

from billing import settling, storage
from billing.domain.errors import OrderAlreadyPaid, PaymentInProgress
from billing.domain.price_list import PriceList
from billing.domain.subscription import Subscription
from chassis.transactions import Transaction


def take_over(tx: Transaction, firm: dict[str, Any], prices: PriceList) -> None:
    """Keep the firm's state; a firm that is new starts its trial, once (Q15)."""
    storage.project_firm(tx.session, firm)
    trial = _trial(tx, firm, prices)
    if storage.add_trial(tx.session, trial):
        tx.emit(trial.started())


def wind_up(tx: Transaction, firm: dict[str, Any], prices: PriceList) -> None:
    """The firm is closed: its subscription ends, and what is not paid is not asked for any more.

    A payment that a provider decides at this moment is recorded as ever. Heard before the firm's
    beginning, it keeps the trial from starting.
    """
    storage.project_firm(tx.session, firm)
    storage.add_trial(tx.session, _trial(tx, firm, prices))
    tx.emit(storage.lock_subscription(tx.session, firm["firm_id"]).close())
    for order_id in storage.list_open_orders(tx.session, firm["firm_id"]):
        with suppress(OrderAlreadyPaid, PaymentInProgress):
            settling.cancel(tx, firm["firm_id"], order_id)


def _trial(tx: Transaction, firm: dict[str, Any], prices: PriceList) -> Subscription:
    return Subscription.trial(firm["firm_id"], tx.now.date(), prices.trial_days)
