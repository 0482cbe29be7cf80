"""What billing answers: shapes only. Amounts are integers in minor units."""

from marshmallow import Schema, fields


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
    """The price list, and how one can pay."""

    default_currency = fields.String()
    currencies = fields.List(fields.String())
    payment_methods = fields.List(fields.String())
    trial_days = fields.Integer()
    items = fields.List(fields.Nested(Plan))


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


class Offer(Schema):
    """Licenses of one level."""

    level = fields.String()
    regular_amount = fields.Integer()
    unit_amount = fields.Integer()
    total = fields.Integer()


class LicensePreview(Schema):
    """``level`` and the sums are null while a level is to be chosen from ``offers``."""

    quantity = fields.Integer()
    currency = fields.String()
    level_fixed = fields.Boolean()
    level = fields.String(allow_none=True)
    unit_amount = fields.Integer(allow_none=True)
    total = fields.Integer(allow_none=True)
    paid_through = fields.Date()
    offers = fields.List(fields.Nested(Offer))


class Payment(Schema):
    """One attempt to pay; ``reason`` says why it was declined."""

    payment_id = fields.UUID(attribute="id")
    method = fields.String()
    status = fields.String()
    amount = fields.Integer()
    currency = fields.String()
    attempts = fields.Integer()
    created_at = fields.AwareDateTime()
    settled_at = fields.AwareDateTime(allow_none=True)
    reference = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)


class Order(Schema):
    """What was ordered, at the price of that moment, and how its payments went."""

    order_id = fields.UUID(attribute="id")
    firm_id = fields.UUID()
    ordered_by = fields.UUID(allow_none=True)
    kind = fields.String()
    plan = fields.String(allow_none=True)
    level = fields.String(allow_none=True)
    description = fields.String()
    quantity = fields.Integer()
    unit_amount = fields.Integer()
    total = fields.Integer()
    currency = fields.String()
    status = fields.String()
    ordered_at = fields.AwareDateTime()
    paid_at = fields.AwareDateTime(allow_none=True)
    payments = fields.List(fields.Nested(Payment))


class OrderPage(Schema):
    """A page of orders."""

    items = fields.List(fields.Nested(Order))
    next_cursor = fields.String(allow_none=True)


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


class Pdf(Schema):
    """A receipt or a statement on paper; the content is in base64."""

    file_name = fields.String()
    content_type = fields.String()
    content_base64 = fields.String()


class ReceiptPdf(Pdf):
    """A receipt on paper; the content is in base64."""


class ReceiptPage(Schema):
    """A page of receipts."""

    items = fields.List(fields.Nested(Receipt))
    next_cursor = fields.String(allow_none=True)


class Balance(Schema):
    """The firm's sums: taken, ordered but not paid yet, and given back."""

    currency = fields.String()
    charged = fields.Integer()
    open = fields.Integer()
    refunded = fields.Integer()


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


class Statement(Schema):
    """A month's charges, and the order by which they are paid; null where nothing is to be."""

    statement_id = fields.UUID()
    number = fields.String()
    month = fields.String()
    firm_name = fields.String()
    total = fields.Integer()
    currency = fields.String()
    issued_at = fields.AwareDateTime()
    order_id = fields.UUID(allow_none=True)
    suspended = fields.Boolean()
    lines = fields.List(fields.Nested(Charge))


class StatementPage(Schema):
    """A page of statements."""

    items = fields.List(fields.Nested(Statement))
    next_cursor = fields.String(allow_none=True)


class ProratedLine(Schema):
    """A difference for the days that are left; negative for what the firm gets back."""

    description = fields.String()
    quantity = fields.Integer()
    days = fields.Integer()
    amount = fields.Integer()


class PlanOfFeature(Schema):
    """The firm's plan, which has the feature."""

    firm_id = fields.UUID()
    plan = fields.String()
    feature = fields.String()


class PlanChange(Schema):
    """What another plan costs from today on, in minor units; it goes on the next statement."""

    plan = fields.String()
    level = fields.String()
    currency = fields.String()
    total = fields.Integer()
    lines = fields.List(fields.Nested(ProratedLine))
