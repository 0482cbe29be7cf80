"""Months: closing each, and looking after what is not paid.

The firm's subscription is locked first, as everywhere (orders/acts.py).
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from billing.charges import charge as charging
from billing.charges import storage as charges
from billing.charges.charge import Charge
from billing.firms import storage as firms
from billing.firms.acts import recipients
from billing.orders import storage as orders
from billing.orders.acts import currency_of, pay_again, place
from billing.orders.errors import PaymentInProgress
from billing.orders.order import OrderStatus
from billing.orders.payment import MANUAL
from billing.plans.price_list import PriceList
from billing.statements import storage
from billing.statements.statement import Statement, Step, order_for, statement_of
from chassis.database import BoundDatabase
from chassis.due import for_each_due
from chassis.transactions import Transaction


def end_subscriptions(db: BoundDatabase, prices: PriceList) -> None:
    """Renew or end, in each firm, the subscription whose last day has passed; each once."""
    for_each_due(
        db, firms.firms_with_ended_subscriptions, lambda tx, of: _renew_or_end(tx, prices, of)
    )


def close_months(db: BoundDatabase) -> None:
    """Issue a statement for each firm and month that is over and has charges; each once."""
    while for_each_due(db, _firms_with_a_month_over, _close_month):
        pass  # those with another month


def dun(db: BoundDatabase) -> None:
    """Try again, remind, and at last refuse new licenses, for statements that are not paid."""
    for_each_due(db, storage.firms_to_chase, _chase_all)


def require_not_suspended(tx: Transaction, firm_id: UUID) -> None:
    """Raise PaymentOverdue where a statement's grace is over."""
    late = storage.find_suspending(tx.session, firm_id)
    if late is not None:
        late.require_not_suspended()


def first_of_month(now: datetime) -> datetime:
    """Return when the present month began, in UTC: what was made before stands on a statement."""
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _renew_or_end(tx: Transaction, prices: PriceList, firm_id: UUID) -> None:
    """Renew a paid one for a year, charged once; a trial, or who owes, just ends.

    Nothing where another process was here: what runs is neither renewed nor ended.
    """
    today = tx.now.date()
    subscription = firms.lock_subscription(tx.session, firm_id)
    owing = storage.find_suspending(tx.session, firm_id)
    renewed = None if owing else subscription.renew(today)
    if renewed is None:
        tx.emit(subscription.end(today))
        return
    start, changed = renewed
    currency = currency_of(tx, prices, firm_id)
    charges.add_charge(
        tx.session,
        charging.subscription_renewal(prices, subscription, start, currency, tx.context(None)),
    )
    tx.emit(changed)


def _firms_with_a_month_over(now: datetime) -> sa.Select[tuple[UUID]]:
    return charges.firms_with_charges(first_of_month(now))


def _close_month(tx: Transaction, firm_id: UUID) -> None:
    firms.lock_subscription(tx.session, firm_id)
    due = charges.open_charges(tx.session, firm_id, first_of_month(tx.now))
    if not due:
        return  # another process has closed it
    name = firms.find_firm_name(tx.session, firm_id)
    statement = statement_of(due, name, tx.context(None))
    tx.session.add(statement)
    tx.session.flush()
    tx.emit(statement.issued(recipients(tx, firm_id)))
    if statement.total:
        _ask_for(tx, statement)
    else:
        _carry_over(tx, statement, due[-1])


def _ask_for(tx: Transaction, statement: Statement) -> None:
    """Place one order and one payment for all of it, by the method that worked last."""
    order = order_for(statement, tx.context(None))
    method = orders.find_last_method(tx.session, statement.firm_id) or MANUAL
    place(tx, order, method)
    statement.await_payment(order.id)


def _carry_over(tx: Transaction, statement: Statement, last: Charge) -> None:
    left = sum(one.amount for one in statement.lines)
    if left < 0:
        charges.add_charge(
            tx.session, charging.carried_over(last, left, statement.month, tx.context(None))
        )


def _chase_all(tx: Transaction, firm_id: UUID) -> None:
    firms.lock_subscription(tx.session, firm_id)
    for statement in storage.list_to_chase(tx.session, firm_id, tx.now):
        if statement.order_id is not None:
            _chase_one(tx, statement, statement.order_id)


def _chase_one(tx: Transaction, statement: Statement, order_id: UUID) -> None:
    firm_id = statement.firm_id
    order = orders.lock_order(tx.session, firm_id, order_id)
    step = statement.advance(order)
    if step in (Step.RETRY, Step.REMIND) and order.status is OrderStatus.DECLINED:
        _try_again(tx, firm_id, order_id)
    if step in (Step.REMIND, Step.SUSPEND):
        stage = "reminder" if step is Step.REMIND else "suspended"
        tx.emit(statement.overdue(stage, recipients(tx, firm_id)))


def _try_again(tx: Transaction, firm_id: UUID, order_id: UUID) -> None:
    method = orders.find_last_method(tx.session, firm_id) or MANUAL
    try:
        pay_again(tx, firm_id, order_id, method)
    except PaymentInProgress:
        return  # somebody is paying at this moment
