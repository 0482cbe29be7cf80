"""What billing hears of firms and members, and what it says of a firm's subscription."""

from marshmallow import Schema, fields

from billing.plans.plan import Feature
from chassis.schemas import EMAIL_MAX, NAME_MAX, Event, Request, Text


class Firm(Event):
    """What billing keeps of a firm."""

    firm_id = fields.UUID(required=True)
    name = Text(NAME_MAX, required=True)
    version = fields.Integer(required=True)


class Member(Event):
    """What billing keeps of a member."""

    member_id = fields.UUID(required=True)
    firm_id = fields.UUID(required=True)
    account_id = fields.UUID(required=True)
    name = Text(NAME_MAX, required=True)
    email = Text(EMAIL_MAX, required=True)
    role = fields.String(required=True)
    status = fields.String(required=True)
    version = fields.Integer(required=True)


class Membership(Member):
    """What groups answers when it is asked for somebody's membership."""

    firm = fields.Nested(Firm, required=True)


class Account(Event):
    """The part of identity's answer about an account that is read here."""

    email_verified = fields.Boolean(required=True)


class OneFeature(Request):
    """A firm, and what it wants to use."""

    firm_id = fields.UUID(required=True)
    feature = fields.Enum(Feature, by_value=True, required=True)


class Subscription(Schema):
    """``period_end`` is the last day covered; ``can`` names what the caller may do next.

    ``days_left`` is set while it is paused.
    """

    firm_id = fields.UUID()
    plan = fields.String()
    level = fields.String(allow_none=True)
    status = fields.String()
    period_end = fields.Date()
    days_left = fields.Integer(allow_none=True)
    level_fixed = fields.Boolean()
    levels = fields.List(fields.String())
    features = fields.List(fields.String())
    can = fields.List(fields.String())


class PlanOfFeature(Schema):
    """The firm's plan, which has the feature."""

    firm_id = fields.UUID()
    plan = fields.String()
    feature = fields.String()
