"""What billing answers about who pays for whom: shapes only. Amounts are in minor units."""

from marshmallow import Schema, fields


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
