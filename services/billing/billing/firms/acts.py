"""Who is asking, whom papers go to, and what a firm that is heard of begins with."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from billing.firms import storage
from billing.firms.errors import NotAMember
from billing.firms.events import Recipient
from billing.firms.member import BUYERS, Buyer, receipt_recipients
from billing.firms.subscription import Subscription
from billing.plans.price_list import PriceList
from chassis.transactions import Transaction


def member(tx: Transaction) -> Buyer:
    """Return the caller's active membership. Raises NotAMember."""
    return member_by_account(tx, tx.actor.account_id)


def member_by_account(tx: Transaction, account_id: UUID | None) -> Buyer:
    """Return the account's active membership. Raises NotAMember."""
    found = storage.find_active_member(tx.session, account_id)
    if found is None:
        raise NotAMember("you are not an active member of a firm")
    return found


def buyer(tx: Transaction) -> Buyer:
    """Return the caller, who may buy. Raises NotAMember, BuyingNotAllowed."""
    found = member(tx)
    found.require_buying()
    return found


def recipients(tx: Transaction, firm_id: UUID) -> list[Recipient]:
    """Return whom the firm's papers go to now (S1-61, S1-62, S1-65, Q6)."""
    members: Iterable[Any] = storage.list_active_members(tx.session, firm_id, sorted(BUYERS))
    return receipt_recipients(list(members))


def take_over(tx: Transaction, firm: dict[str, Any], prices: PriceList) -> None:
    """Keep the firm's state; a firm that is new starts its trial, once (Q15)."""
    storage.project_firm(tx.session, firm)
    trial = trial_of(tx, firm, prices)
    if storage.add_trial(tx.session, trial):
        tx.emit(trial.started())


def trial_of(tx: Transaction, firm: dict[str, Any], prices: PriceList) -> Subscription:
    """Return the trial that the firm starts with today."""
    return Subscription.trial(firm["firm_id"], tx.now.date(), prices.trial_days)
