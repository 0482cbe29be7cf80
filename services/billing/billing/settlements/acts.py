"""What an outcome changes: each function is the body of one transaction, safe to repeat.

The firm's subscription is locked first, as everywhere (orders/acts.py).
"""

from uuid import UUID

from billing.firms import storage as firms
from billing.firms.acts import recipients
from billing.firms.subscription import Subscription
from billing.orders import storage as orders
from billing.orders.ledger import EntryKind
from billing.orders.order import Order, OrderKind
from billing.orders.payment import Payment
from billing.receipts.acts import issue_receipt
from billing.settlements.events import PaymentDeclined
from billing.statements import storage as statements
from chassis.transactions import Transaction


def record_charge(tx: Transaction, payment_id: UUID, reference: str) -> None:
    """Record that the money was taken: what was ordered comes to be, and a receipt is issued."""
    payment, order, subscription = _lock(tx, payment_id)
    if payment.charge(reference, tx.now):
        _fulfil(tx, payment, order, subscription)


def record_confirmation(tx: Transaction, payment_id: UUID, reference: str) -> Payment:
    """Record the same for money that somebody says has come. Raises PaymentNotAwaited."""
    payment, order, subscription = _lock(tx, payment_id)
    if payment.confirm(reference, tx.now):
        _fulfil(tx, payment, order, subscription)
    return payment


def record_decline(tx: Transaction, payment_id: UUID, reason: str) -> None:
    """Record that the provider refused: the order can be paid again by a new payment."""
    payment, order, _subscription = _lock(tx, payment_id)
    if not payment.decline(reason, tx.now):
        return
    order.decline()
    declined = PaymentDeclined(
        payment_id=payment.id,
        order_id=order.id,
        firm_id=order.firm_id,
        firm_name=firms.find_firm_name(tx.session, order.firm_id),
        reason=reason,
        recipients=recipients(tx, order.firm_id),
        total=payment.amount,
        currency=payment.currency,
    )
    tx.emit(declined)


def _lock(tx: Transaction, payment_id: UUID) -> tuple[Payment, Order, Subscription]:
    firm_id, order_id = orders.order_of_payment(tx.session, payment_id)
    subscription = firms.lock_subscription(tx.session, firm_id)
    payment = orders.lock_payment(tx.session, payment_id)
    return payment, orders.lock_order(tx.session, firm_id, order_id), subscription


def _fulfil(tx: Transaction, payment: Payment, order: Order, subscription: Subscription) -> None:
    tx.emit(order.pay(tx.now))
    if order.kind is OrderKind.LICENSES:
        orders.add_terms(tx.session, order, tx.now.date())
    if order.kind is OrderKind.SUBSCRIPTION and order.plan:
        tx.emit(subscription.activate(order.plan, tx.now.date()))
    statement = statements.find_statement_of_order(tx.session, order.id)
    if statement:
        statement.settle()
    orders.add_entry(tx.session, order, EntryKind.CHARGED, tx.now)
    issue_receipt(tx, payment, order, statement.lines if statement else [])
