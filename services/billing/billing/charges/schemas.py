"""What billing hears of licenses, and what it says of the open account."""

from marshmallow import Schema, fields

from chassis.schemas import NAME_MAX, Event, Page, Text


class LicenseRenewed(Event):
    """Another year of a member's license."""

    license_id = fields.UUID(required=True)
    firm_id = fields.UUID(required=True)
    order_id = fields.UUID(required=True, allow_none=True)
    number = fields.Integer(required=True)
    level = fields.String(required=True)
    period_start = fields.Date(required=True)
    paid_through = fields.Date(required=True)
    member_id = fields.UUID(required=True)
    account_id = fields.UUID(required=True)
    member_name = Text(NAME_MAX, required=True)


class LicenseExpired(Event):
    """A license that is gone."""

    order_id = fields.UUID(required=True, allow_none=True)
    number = fields.Integer(required=True)


class ListCharges(Page):
    """What is on the firm's open account, the newest first."""


class Charge(Schema):
    """``amount`` in minor units; negative for what the firm gets back."""

    charge_id = fields.UUID()
    kind = fields.String()
    description = fields.String()
    amount = fields.Integer()
    currency = fields.String()
    made_at = fields.AwareDateTime()
    period_start = fields.Date(allow_none=True)
    period_end = fields.Date(allow_none=True)
    member_id = fields.UUID(allow_none=True)
    member_name = fields.String(allow_none=True)


class ChargePage(Schema):
    """A page of charges."""

    items = fields.List(fields.Nested(Charge))
    next_cursor = fields.String(allow_none=True)
