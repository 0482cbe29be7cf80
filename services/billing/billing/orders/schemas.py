"""Orders and their payments, as they are asked for and shown. Amounts are in minor units."""

from marshmallow import Schema, fields

from chassis.schemas import Page, Request, Text


def method_of_payment() -> fields.String:
    """Make the field that names by which one of the gateways' methods something is paid."""
    return Text(40, 1, required=True)


class OneOrder(Request):
    """An order of the caller's firm."""

    order_id = fields.UUID(required=True)


class PayOrder(OneOrder):
    """By which method the next payment is tried."""

    payment_method = method_of_payment()


class ListOrders(Page):
    """The firm's orders, the newest first."""


class Payment(Schema):
    """One attempt to pay; ``reason`` says why it was declined."""

    payment_id = fields.UUID(attribute="id")
    method = fields.String()
    status = fields.String()
    amount = fields.Integer()
    currency = fields.String()
    attempts = fields.Integer()
    created_at = fields.AwareDateTime()
    settled_at = fields.AwareDateTime(allow_none=True)
    reference = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)


class Order(Schema):
    """What was ordered, at the price of that moment, and how its payments went.

    ``can`` names what may be done with it now: ``pay``, ``cancel``.
    """

    order_id = fields.UUID(attribute="id")
    firm_id = fields.UUID()
    ordered_by = fields.UUID(allow_none=True)
    kind = fields.String()
    plan = fields.String(allow_none=True)
    level = fields.String(allow_none=True)
    description = fields.String()
    quantity = fields.Integer()
    unit_amount = fields.Integer()
    total = fields.Integer()
    currency = fields.String()
    status = fields.String()
    ordered_at = fields.AwareDateTime()
    paid_at = fields.AwareDateTime(allow_none=True)
    payments = fields.List(fields.Nested(Payment))
    can = fields.List(fields.String())


class OrderPage(Schema):
    """A page of orders."""

    items = fields.List(fields.Nested(Order))
    next_cursor = fields.String(allow_none=True)


class Balance(Schema):
    """The firm's sums: taken, ordered but not paid yet, and given back."""

    currency = fields.String()
    charged = fields.Integer()
    open = fields.Integer()
    refunded = fields.Integer()
