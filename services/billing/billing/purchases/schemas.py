"""What can be ordered, as it is asked for and shown. Amounts are in minor units."""

from marshmallow import Schema, fields, validate

from billing.firms.schemas import Subscription
from billing.orders.order import MAX_QUANTITY
from billing.orders.schemas import method_of_payment
from billing.plans.plan import Level, PlanKey
from chassis.schemas import Request


def _currency() -> fields.String:
    """Make the field for a currency; the firm's own where it is left out."""
    shape = validate.Regexp(r"[A-Z]{3}\Z", error="Must be three capital letters, such as USD.")
    return fields.String(load_default=None, allow_none=True, validate=shape)


class Subscribe(Request):
    """A year of a plan, for the firm."""

    plan = fields.Enum(PlanKey, by_value=True, required=True)
    payment_method = method_of_payment()
    currency = _currency()


class ListOffers(Request):
    """How many licenses are thought of; ``currency`` where the firm may still choose."""

    quantity = fields.Integer(strict=True, load_default=1, validate=validate.Range(1, MAX_QUANTITY))
    currency = _currency()


class PreviewLicenseOrder(Request):
    """``level`` may be left open, to see what there is to choose from."""

    quantity = fields.Integer(strict=True, required=True, validate=validate.Range(1, MAX_QUANTITY))
    level = fields.Enum(Level, by_value=True, load_default=None, allow_none=True)
    currency = _currency()


class OrderLicenses(PreviewLicenseOrder):
    """``level`` is needed where no subscription fixes it."""

    payment_method = method_of_payment()


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


class PlanOffer(Schema):
    """``can`` names what the firm may do with the plan: ``subscribe`` or ``change_plan``."""

    plan = fields.String()
    name = fields.String()
    level = fields.String()
    features = fields.List(fields.String())
    currency = fields.String()
    amount = fields.Integer()
    license_amount = fields.Integer()
    can = fields.List(fields.String())


class Offers(Schema):
    """``currencies`` are those to choose from; one, once the firm has ordered in it.

    ``transfer_to`` says where money by hand goes; empty where the operator has not said it.
    """

    subscription = fields.Nested(Subscription)
    currencies = fields.List(fields.String())
    payment_methods = fields.List(fields.String())
    transfer_to = fields.String()
    plans = fields.List(fields.Nested(PlanOffer))
    licenses = fields.Nested(LicensePreview)
