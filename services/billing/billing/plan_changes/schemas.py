"""A change of plan, as it is asked for and shown. Amounts are in minor units."""

from marshmallow import Schema, fields

from billing.plans.plan import PlanKey
from chassis.schemas import Request


class ChangePlan(Request):
    """The plan that the firm is to have."""

    plan = fields.Enum(PlanKey, by_value=True, required=True)


class ProratedLine(Schema):
    """A difference for the days that are left; negative for what the firm gets back."""

    description = fields.String()
    quantity = fields.Integer()
    days = fields.Integer()
    amount = fields.Integer()


class PlanChange(Schema):
    """What another plan costs from today on, in minor units; it goes on the next statement."""

    plan = fields.String()
    name = fields.String()
    level = fields.String()
    currency = fields.String()
    total = fields.Integer()
    lines = fields.List(fields.Nested(ProratedLine))
