"""What is asked before somebody invites, joins, leaves or closes, and the sums of it."""

from marshmallow import Schema, fields, validate

from billing.orders.order import MAX_QUANTITY
from billing.plans.plan import Level
from chassis.schemas import Request, Text


class QuoteLicenses(Request):
    """For the firm of the account that the asking service has verified."""

    account_id = fields.UUID(required=True)
    quantity = fields.Integer(strict=True, required=True, validate=validate.Range(1, MAX_QUANTITY))


class PreviewLeavingMoney(Request):
    """``level`` is that of the member's license, where the asking service knows it."""

    account_id = fields.UUID(required=True)
    firm_id = fields.UUID(required=True)
    level = fields.Enum(Level, by_value=True, load_default=None, allow_none=True)


class PreviewJoiningMoney(PreviewLeavingMoney):
    """``role`` is the one offered; ``paid_through`` that of the license held for the joiner."""

    role = Text(40, 1, load_default=None, allow_none=True)
    paid_through = fields.Date(load_default=None, allow_none=True)


class PreviewClosingMoney(Request):
    """A firm that would end."""

    firm_id = fields.UUID(required=True)


class Personal(Schema):
    """The subscription of somebody's own firm, as joining or leaving makes it.

    ``status`` is today's; ``becomes`` is paused, resumes, trial (of a new firm) or unchanged.
    """

    plan = fields.String()
    status = fields.String()
    period_end = fields.Date()
    becomes = fields.String()
    days_left = fields.Integer(allow_none=True)


class FirmOnJoining(Schema):
    """What the firm pays for the joiner: nothing now, and the license's next year."""

    renewal_amount = fields.Integer(allow_none=True)
    renews_on = fields.Date(allow_none=True)
    due_now = fields.Integer()


class FirmOnLeaving(Schema):
    """The next year of the leaver's license, which is not due if nobody else takes it."""

    renewal_amount_saved = fields.Integer(allow_none=True)


class LicensePrice(Schema):
    """What each license of an order cost whose year is not over, in minor units."""

    order_id = fields.UUID()
    unit_amount = fields.Integer()
    currency = fields.String()


class JoiningMoney(Schema):
    """Both sides' money when somebody joins, and what the licenses in their own firm cost."""

    currency = fields.String()
    personal = fields.Nested(Personal)
    firm = fields.Nested(FirmOnJoining)
    license_prices = fields.List(fields.Nested(LicensePrice))


class LeavingMoney(Schema):
    """Both sides' money when somebody leaves."""

    currency = fields.String()
    personal = fields.Nested(Personal)
    firm = fields.Nested(FirmOnLeaving)


class ClosingMoney(Schema):
    """What ends with a firm: days that are paid for are not given back, open orders not asked for.

    ``days_left`` counts from today to ``period_end``; a paused subscription keeps its days until
    then.
    """

    currency = fields.String()
    plan = fields.String()
    status = fields.String()
    period_end = fields.Date()
    days_left = fields.Integer()
    orders_cancelled = fields.Integer()
