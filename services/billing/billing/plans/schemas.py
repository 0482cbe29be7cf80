"""The price list, as it is asked for and shown. Amounts are integers in minor units."""

from marshmallow import Schema, fields

from chassis.schemas import Request


class Nothing(Request):
    """The caller says who they are, and that is all it takes."""


class Price(Schema):
    """A year's regular price, and what a license of the plan costs."""

    currency = fields.String()
    amount = fields.Integer()
    license_amount = fields.Integer()


class Plan(Schema):
    """``prices`` is empty for a plan that is not for sale."""

    plan = fields.String(attribute="key")
    name = fields.String()
    level = fields.String(allow_none=True)
    features = fields.List(fields.String())
    prices = fields.List(fields.Nested(Price))


class Plans(Schema):
    """The price list, and how one can pay; ``transfer_to`` is where money by hand goes."""

    default_currency = fields.String()
    currencies = fields.List(fields.String())
    payment_methods = fields.List(fields.String())
    transfer_to = fields.String()
    trial_days = fields.Integer()
    items = fields.List(fields.Nested(Plan))
