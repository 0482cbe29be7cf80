"""What an outcome changes: each function is the body of one transaction, safe to repeat.

The firm's subscription row is locked first, then the payment and its order, then the counter of
the receipts, everywhere in this order.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from billing import storage
from billing.domain.charge import Charge
from billing.domain.events import OrderCancelled, PaymentDeclined, Recipient
from billing.domain.ledger import EntryKind
from billing.domain.member import BUYERS, receipt_recipients
from billing.domain.order import Order, OrderKind
from billing.domain.payment import Payment
from billing.domain.receipt import receipt_for
from billing.domain.subscription import Subscription
from chassis.transactions import Transaction


def place(tx: Transaction, order: Order, method: str) -> Order:
    """A new order with its first payment, which is collected as soon as this has committed."""
    order.start_payment(tx.new_id(), method, tx.now)
    storage.add_order(tx.session, order)
    storage.add_entry(tx.session, order, EntryKind.ORDERED, tx.now)
    tx.wake("collect_payments")
    return order


def pay_again(tx: Transaction, firm_id: UUID, order_id: UUID, method: str) -> Order:
    """A declined order with a new payment. Raises what Order.start_payment raises."""
    storage.lock_subscription(tx.session, firm_id)
    order = storage.lock_order(tx.session, firm_id, order_id)
    order.start_payment(tx.new_id(), method, tx.now)
    tx.wake("collect_payments")
    return order


def cancel(tx: Transaction, firm_id: UUID, order_id: UUID) -> Order:
    """An order that is not wanted any more. Raises OrderAlreadyPaid, PaymentInProgress."""
    storage.lock_subscription(tx.session, firm_id)
    order = storage.lock_order(tx.session, firm_id, order_id)
    if order.cancel(tx.now):
        storage.add_entry(tx.session, order, EntryKind.CANCELLED, tx.now)
        tx.emit(OrderCancelled(order.id, firm_id))
    return order


def record_charge(tx: Transaction, payment_id: UUID, reference: str) -> None:
    """The money was taken: what was ordered comes into being, and a receipt is issued."""
    payment, order, subscription = _lock(tx, payment_id)
    if payment.charge(reference, tx.now):
        _fulfil(tx, payment, order, subscription)


def record_confirmation(tx: Transaction, payment_id: UUID, reference: str) -> Payment:
    """The same for money that somebody says has come. Raises PaymentNotAwaited."""
    payment, order, subscription = _lock(tx, payment_id)
    if payment.confirm(reference, tx.now):
        _fulfil(tx, payment, order, subscription)
    return payment


def record_decline(tx: Transaction, payment_id: UUID, reason: str) -> None:
    """The provider refused: the order can be paid again by a new payment."""
    payment, order, _subscription = _lock(tx, payment_id)
    if not payment.decline(reason, tx.now):
        return
    order.decline()
    declined = PaymentDeclined(
        payment_id=payment.id,
        order_id=order.id,
        firm_id=order.firm_id,
        firm_name=storage.find_firm_name(tx.session, order.firm_id),
        reason=reason,
        recipients=recipients(tx, order.firm_id),
        total=payment.amount,
        currency=payment.currency,
    )
    tx.emit(declined)


def _lock(tx: Transaction, payment_id: UUID) -> tuple[Payment, Order, Subscription]:
    firm_id, order_id = storage.order_of_payment(tx.session, payment_id)
    subscription = storage.lock_subscription(tx.session, firm_id)
    payment = storage.lock_payment(tx.session, payment_id)
    return payment, storage.lock_order(tx.session, firm_id, order_id), subscription


def _fulfil(tx: Transaction, payment: Payment, order: Order, subscription: Subscription) -> None:
    tx.emit(order.pay(tx.now))
    if order.kind is OrderKind.LICENSES:
        storage.add_terms(tx.session, order, tx.now.date())
    if order.kind is OrderKind.SUBSCRIPTION and order.plan:
        tx.emit(subscription.activate(order.plan, tx.now.date()))
    statement = storage.find_statement_of_order(tx.session, order.id)
    if statement:
        statement.settle()
    storage.add_entry(tx.session, order, EntryKind.CHARGED, tx.now)
    _issue_receipt(tx, payment, order, statement.lines if statement else [])


def _issue_receipt(
    tx: Transaction, payment: Payment, order: Order, charges: Sequence[Charge]
) -> None:
    receipt = receipt_for(
        order,
        payment_id=payment.id,
        receipt_id=tx.new_id(),
        position=storage.next_receipt_position(tx.session, order.firm_id, tx.now.year),
        firm_name=storage.find_firm_name(tx.session, order.firm_id),
        recipients=recipients(tx, order.firm_id),
        now=tx.now,
        charges=charges,
    )
    storage.add_receipt(tx.session, receipt)
    tx.emit(receipt.issued())


def recipients(tx: Transaction, firm_id: UUID) -> list[Recipient]:
    """Whom the firm's papers go to now (S1-61, S1-62, S1-65, Q6)."""
    members: Iterable[Any] = storage.list_active_members(tx.session, firm_id, sorted(BUYERS))
    return receipt_recipients(list(members))
