"""What billing hears of who joins and leaves, and what it says of who pays for whom."""

from marshmallow import Schema, fields

from billing.firms.schemas import Member
from chassis.schemas import Page


class Joined(Member):
    """``left_firm_id`` is the solo firm that somebody comes from; null for a founder."""

    left_firm_id = fields.UUID(allow_none=True, load_default=None)


class Removed(Member):
    """``home_firm_id`` is the solo firm that they fall back to."""

    home_firm_id = fields.UUID(allow_none=True, load_default=None)


class ListPayers(Page):
    """The firm's members whom it pays for, those who joined first first."""


class Payer(Schema):
    """Who pays for a member: the firm ``since`` then, and until they left it.

    ``licensed`` is false for billing-only members, who are covered without a license.
    """

    member_id = fields.UUID()
    account_id = fields.UUID()
    name = fields.String()
    role = fields.String()
    payer_firm_id = fields.UUID()
    payer_name = fields.String()
    licensed = fields.Boolean()
    since = fields.AwareDateTime()
    until = fields.AwareDateTime(allow_none=True)


class PayerPage(Schema):
    """A page of payers."""

    items = fields.List(fields.Nested(Payer))
    next_cursor = fields.String(allow_none=True)
