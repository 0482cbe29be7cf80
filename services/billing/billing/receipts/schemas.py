"""Receipts, as they are asked for and shown. Amounts are in minor units."""

from marshmallow import Schema, fields

from billing.papers.schemas import Pdf
from chassis.schemas import Page, Request


class OneReceipt(Request):
    """A receipt of the caller's firm."""

    receipt_id = fields.UUID(required=True)


class FirmsReceipt(OneReceipt):
    """The receipt that a mail is about."""

    firm_id = fields.UUID(required=True)


class ListReceipts(Page):
    """The firm's receipts, the newest first."""


class ReceiptLine(Schema):
    """``amount`` is ``quantity`` times ``unit_amount``."""

    description = fields.String()
    quantity = fields.Integer()
    unit_amount = fields.Integer()
    amount = fields.Integer()


class Recipient(Schema):
    """Whom the receipt was sent to."""

    name = fields.String()
    email = fields.String()


class Receipt(Schema):
    """The paper for money that was taken."""

    receipt_id = fields.UUID(attribute="id")
    number = fields.String()
    firm_id = fields.UUID()
    firm_name = fields.String()
    order_id = fields.UUID()
    payment_id = fields.UUID()
    currency = fields.String()
    total = fields.Integer()
    issued_at = fields.AwareDateTime()
    recipients = fields.List(fields.Nested(Recipient))
    lines = fields.List(fields.Nested(ReceiptLine))


class ReceiptPdf(Pdf):
    """A receipt on paper; the content is in base64."""


class ReceiptPage(Schema):
    """A page of receipts."""

    items = fields.List(fields.Nested(Receipt))
    next_cursor = fields.String(allow_none=True)
