"""Issuing a receipt."""

from collections.abc import Sequence

from billing.charges.charge import Charge
from billing.firms import storage as firms
from billing.firms.acts import recipients
from billing.orders.order import Order
from billing.orders.payment import Payment
from billing.receipts import storage
from billing.receipts.receipt import receipt_for
from chassis.transactions import Transaction


def issue_receipt(
    tx: Transaction, payment: Payment, order: Order, charges: Sequence[Charge]
) -> None:
    """Issue the paper for that payment, with a line for each of the charges that it paid."""
    receipt = receipt_for(
        order,
        payment_id=payment.id,
        receipt_id=tx.new_id(),
        position=storage.next_receipt_position(tx.session, order.firm_id, tx.now.year),
        firm_name=firms.find_firm_name(tx.session, order.firm_id),
        recipients=recipients(tx, order.firm_id),
        now=tx.now,
        charges=charges,
    )
    storage.add_receipt(tx.session, receipt)
    tx.emit(receipt.issued())
