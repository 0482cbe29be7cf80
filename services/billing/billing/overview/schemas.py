"""A firm's money on one screen. Amounts are in minor units of ``balance.currency``."""

from marshmallow import Schema, fields

from billing.charges.schemas import Charge
from billing.firms.schemas import Subscription
from billing.orders.schemas import Balance, Order


class OpenAccount(Schema):
    """What will stand on the next statement: how many charges, their sum, and the newest."""

    count = fields.Integer()
    total = fields.Integer()
    newest = fields.List(fields.Nested(Charge))


class Month(Schema):
    """What was taken in a month (UTC), such as ``2027-03``."""

    month = fields.String()
    charged = fields.Integer()


class BillingOverview(Schema):
    """``unpaid`` are the oldest orders that are to be paid; ``suspended`` refuses buying."""

    plan_name = fields.String()
    subscription = fields.Nested(Subscription)
    licenses = fields.Integer()
    suspended = fields.Boolean()
    balance = fields.Nested(Balance)
    unpaid = fields.List(fields.Nested(Order))
    open_account = fields.Nested(OpenAccount)
    months = fields.List(fields.Nested(Month))
