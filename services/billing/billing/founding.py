"""A firm that billing hears of: its name, and the trial it starts with."""

from typing import Any

from billing import storage
from billing.domain.price_list import PriceList
from billing.domain.subscription import Subscription
from chassis.transactions import Transaction


def take_over(tx: Transaction, firm: dict[str, Any], prices: PriceList) -> None:
    """Keep the firm's state; a firm that is new starts its trial, once (Q15)."""
    storage.project_firm(tx.session, firm)
    trial = Subscription.trial(firm["firm_id"], tx.now.date(), prices.trial_days)
    if storage.add_trial(tx.session, trial):
        tx.emit(trial.started())
