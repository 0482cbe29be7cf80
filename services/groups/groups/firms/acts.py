"""From a transaction to a rule, and from its outcome back."""

from typing import TypeVar

from chassis.transactions import Transaction
from groups.firms import storage
from groups.firms.context import Act
from groups.firms.outcome import Outcome

T = TypeVar("T")


def act_of(tx: Transaction) -> Act:
    """Who acts in this transaction, when, and the source of new ids."""
    return Act(tx.actor.account_id, tx.now, tx.new_id)


def settle(tx: Transaction, outcome: Outcome[T]) -> T:
    """Store and say what a rule has brought about; its result."""
    result = storage.store(tx.session, outcome)
    tx.emit(*outcome.events)
    return result
