"""Statements, as they are asked for and shown. Amounts are in minor units."""

from marshmallow import Schema, fields

from billing.charges.schemas import Charge
from chassis.schemas import Page, Request


class OneStatement(Request):
    """A statement of the caller's firm."""

    statement_id = fields.UUID(required=True)


class FirmsStatement(OneStatement):
    """The statement that a mail is about."""

    firm_id = fields.UUID(required=True)


class ListStatements(Page):
    """The firm's statements, the newest first."""


class Statement(Schema):
    """A month's charges, and the order by which they are paid; null where nothing is to be.

    ``open`` until it is paid; ``suspended`` once nothing can be bought before that.
    """

    statement_id = fields.UUID()
    number = fields.String()
    month = fields.String()
    firm_name = fields.String()
    total = fields.Integer()
    currency = fields.String()
    issued_at = fields.AwareDateTime()
    order_id = fields.UUID(allow_none=True)
    open = fields.Boolean(attribute="is_open")
    suspended = fields.Boolean()
    lines = fields.List(fields.Nested(Charge))


class StatementPage(Schema):
    """A page of statements."""

    items = fields.List(fields.Nested(Statement))
    next_cursor = fields.String(allow_none=True)
