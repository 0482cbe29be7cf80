"""The open account and its months: charging, closing, and looking after what is not paid.

The firm's subscription is locked first, as everywhere (settling.py).
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from billing import settling, storage
from billing.domain import charge as charging
from billing.domain.buying import firm_currency
from billing.domain.charge import Charge
from billing.domain.errors import PaymentInProgress
from billing.domain.order import OrderStatus
from billing.domain.payment import MANUAL
from billing.domain.price_list import PriceList
from billing.domain.statement import Statement, Step, order_for, statement_of
from billing.domain.subscription import Subscription
from chassis.transactions import Transaction

AT_ONCE = 100


def charge_license(tx: Transaction, prices: PriceList, year: dict[str, Any]) -> None:
    """A member's license goes on for a year: the firm is charged for it, once (S1-38, Q3)."""
    currency = currency_of(tx, prices, year["firm_id"])
    renewal = charging.license_renewal(prices, year, currency, tx.new_id(), tx.now)
    storage.add_charge(tx.session, renewal)
    if year["order_id"]:
        storage.extend_term(tx.session, year["order_id"], year["number"], year["paid_through"])


def renew_or_end(tx: Transaction, prices: PriceList, subscription: Subscription) -> None:
    """A paid subscription goes on for a year, charged once; a trial, or who owes, just ends."""
    today = tx.now.date()
    owing = storage.find_suspending(tx.session, subscription.firm_id)
    renewed = None if owing else subscription.renew(today)
    if renewed is None:
        tx.emit(subscription.end(today))
        return
    start, changed = renewed
    currency = currency_of(tx, prices, subscription.firm_id)
    storage.add_charge(
        tx.session,
        charging.subscription_renewal(prices, subscription, start, currency, tx.new_id(), tx.now),
    )
    tx.emit(changed)


def close_months(db: Any) -> None:
    """A statement for each firm and month that is over and has charges; each once."""
    while _close_some(db):
        pass


def chase(db: Any) -> None:
    """Try again, remind, and at last refuse new licenses, for statements that are not paid."""
    with db.transaction(read_only=True) as tx:
        due = storage.statements_to_chase(tx.session, tx.now, AT_ONCE)
    for firm_id, statement_id in due:
        with db.transaction() as tx:
            _chase_one(tx, firm_id, statement_id)


def require_not_suspended(tx: Transaction, firm_id: UUID) -> None:
    """Raises PaymentOverdue where a statement's grace is over."""
    late = storage.find_suspending(tx.session, firm_id)
    if late is not None:
        late.require_not_suspended()


def currency_of(tx: Transaction, prices: PriceList, firm_id: UUID, asked: str | None = None) -> str:
    """The currency the firm buys in. Raises CurrencyFixed where ``asked`` is another."""
    return firm_currency(prices, asked, storage.find_currency(tx.session, firm_id))


def first_of_month(now: datetime) -> datetime:
    """When the present month began, in UTC: what was made before stands on a statement."""
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _close_some(db: Any) -> bool:
    with db.transaction(read_only=True) as tx:
        firms = storage.firms_with_charges(tx.session, first_of_month(tx.now), AT_ONCE)
    for firm_id in firms:
        with db.transaction() as tx:
            _close_month(tx, firm_id)
    return bool(firms)


def _close_month(tx: Transaction, firm_id: UUID) -> None:
    storage.lock_subscription(tx.session, firm_id)
    charges = storage.open_charges(tx.session, firm_id, first_of_month(tx.now))
    if not charges:
        return  # another process has closed it
    name = storage.find_firm_name(tx.session, firm_id)
    statement = statement_of(tx.new_id(), charges, name, tx.now)
    tx.session.add(statement)
    tx.session.flush()
    tx.emit(statement.issued(settling.recipients(tx, firm_id)))
    if statement.total:
        _ask_for(tx, statement)
    else:
        _carry_over(tx, statement, charges[-1])


def _ask_for(tx: Transaction, statement: Statement) -> None:
    """One order and one payment for all of it, by the method that worked last."""
    order = order_for(statement, tx.new_id(), tx.now)
    method = storage.find_last_method(tx.session, statement.firm_id) or MANUAL
    settling.place(tx, order, method)
    statement.await_payment(order.id)


def _carry_over(tx: Transaction, statement: Statement, last: Charge) -> None:
    left = sum(one.amount for one in statement.lines)
    if left < 0:
        storage.add_charge(
            tx.session, charging.carried_over(tx.new_id(), last, left, statement.month, tx.now)
        )


def _chase_one(tx: Transaction, firm_id: UUID, statement_id: UUID) -> None:
    storage.lock_subscription(tx.session, firm_id)
    statement = storage.get_statement(tx.session, firm_id, statement_id)
    if statement.order_id is None or not statement.next_step_at:
        return
    if statement.next_step_at > tx.now:
        return  # another process was here
    order = storage.lock_order(tx.session, firm_id, statement.order_id)
    step = statement.advance(order)
    if step in (Step.RETRY, Step.REMIND) and order.status is OrderStatus.DECLINED:
        _try_again(tx, firm_id, statement)
    if step in (Step.REMIND, Step.SUSPEND):
        stage = "reminder" if step is Step.REMIND else "suspended"
        tx.emit(statement.overdue(stage, settling.recipients(tx, firm_id)))


def _try_again(tx: Transaction, firm_id: UUID, statement: Statement) -> None:
    method = storage.find_last_method(tx.session, firm_id) or MANUAL
    try:
        settling.pay_again(tx, firm_id, statement.order_id or statement.statement_id, method)
    except PaymentInProgress:
        return  # somebody is paying at this moment
