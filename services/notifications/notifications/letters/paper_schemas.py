"""The parts of billing's events that mails tell."""

from marshmallow import fields

from chassis.schemas import NAME_MAX, Event, Text
from notifications.mails.schemas import Person


class ReceiptLine(Event):
    """Amounts in minor units of the receipt's currency."""

    description = fields.String(required=True)
    quantity = fields.Integer(required=True)
    unit_amount = fields.Integer(required=True)
    amount = fields.Integer(required=True)


class ReceiptIssued(Event):
    """A receipt in full, and whom billing sends it to."""

    receipt_id = fields.UUID(required=True)
    order_id = fields.UUID(load_default=None, allow_none=True)
    number = fields.String(required=True)
    firm_id = fields.UUID(required=True)
    firm_name = Text(NAME_MAX, required=True)
    recipients = fields.List(fields.Nested(Person), required=True)
    lines = fields.List(fields.Nested(ReceiptLine), required=True)
    total = fields.Integer(required=True)
    currency = fields.String(required=True)
    issued_at = fields.AwareDateTime(required=True)


class PaymentDeclined(Event):
    """A payment that did not go through, and whom billing tells."""

    payment_id = fields.UUID(required=True)
    order_id = fields.UUID(load_default=None, allow_none=True)
    firm_id = fields.UUID(required=True)
    firm_name = Text(NAME_MAX, required=True)
    reason = fields.String(required=True)
    recipients = fields.List(fields.Nested(Person), required=True)
    total = fields.Integer(required=True)
    currency = fields.String(required=True)


class StatementIssued(Event):
    """A month's statement in full, and whom billing sends it to; ``month`` is like 2027-03."""

    statement_id = fields.UUID(required=True)
    number = fields.String(required=True)
    firm_id = fields.UUID(required=True)
    firm_name = Text(NAME_MAX, required=True)
    month = fields.String(required=True)
    recipients = fields.List(fields.Nested(Person), required=True)
    lines = fields.List(fields.Nested(ReceiptLine), required=True)
    total = fields.Integer(required=True)
    currency = fields.String(required=True)
    issued_at = fields.AwareDateTime(required=True)


class PaymentOverdue(Event):
    """Money that has not arrived; ``stage`` is reminder or suspended."""

    order_id = fields.UUID(required=True)
    firm_id = fields.UUID(required=True)
    firm_name = Text(NAME_MAX, required=True)
    total = fields.Integer(required=True)
    currency = fields.String(required=True)
    grace_until = fields.AwareDateTime(required=True)
    stage = fields.String(required=True)
    recipients = fields.List(fields.Nested(Person), required=True)
