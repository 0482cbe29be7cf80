"""What asks for the money of orders, and what the operator says of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from billing.orders import schemas as order_schemas
from billing.orders.payment import Payment
from billing.settlements import acts, before, schemas
from chassis.auth import services
from chassis.database import BoundDatabase
from chassis.messages import command, job
from chassis.transactions import Transaction

OPERATOR = services("operator")  # whoever runs Chambers and sees the bank account


class Settlements:
    """The money of orders, taken by a gateway or confirmed by hand."""

    settings: Any
    gateways: Any

    @command(schemas.ConfirmManualPayment, reply=order_schemas.Payment, callers=OPERATOR)
    def confirm_manual_payment(self, tx: Transaction, payment_id: UUID, reference: str) -> Payment:
        """Record that the money of an awaited payment has come."""
        return acts.record_confirmation(tx, payment_id, reference)

    @job(every=2)
    def collect_payments(self, db: BoundDatabase) -> None:
        """Take the money of orders through their gateways."""
        lease = timedelta(seconds=self.settings["charge_lease"])
        before.collect(db, self.gateways, lease)
