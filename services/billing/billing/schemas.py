"""What billing is asked and what it hears: shapes only, no rules. replies.py has the answers."""

from marshmallow import fields, validate

from billing.domain.order import MAX_QUANTITY
from billing.domain.plan import Feature, Level, PlanKey
from chassis.schemas import EMAIL_MAX, NAME_MAX, Event, Name, Page, Request, Text


def _currency() -> fields.String:
    """The firm's own where it is left out."""
    shape = validate.Regexp(r"[A-Z]{3}\Z", error="Must be three capital letters, such as USD.")
    return fields.String(load_default=None, allow_none=True, validate=shape)


def _payment_method() -> fields.String:
    return Text(40, 1, required=True)


# What others say


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


class Joined(Member):
    """``left_firm_id`` is the solo firm that somebody comes from; null for a founder."""

    left_firm_id = fields.UUID(allow_none=True, load_default=None)


class Removed(Member):
    """``home_firm_id`` is the solo firm that they fall back to."""

    home_firm_id = fields.UUID(allow_none=True, load_default=None)


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


class Membership(Member):
    """What groups answers when it is asked for somebody's membership."""

    firm = fields.Nested(Firm, required=True)


class Account(Event):
    """The part of identity's answer about an account that is read here."""

    email_verified = fields.Boolean(required=True)


# What is asked


class Nothing(Request):
    """The caller says who they are, and that is all it takes."""


class OneFeature(Request):
    """A firm, and what it wants to use."""

    firm_id = fields.UUID(required=True)
    feature = fields.Enum(Feature, by_value=True, required=True)


class Subscribe(Request):
    """A year of a plan, for the firm."""

    plan = fields.Enum(PlanKey, by_value=True, required=True)
    payment_method = _payment_method()
    currency = _currency()


class PreviewLicenseOrder(Request):
    """``level`` may be left open, to see what there is to choose from."""

    quantity = fields.Integer(strict=True, required=True, validate=validate.Range(1, MAX_QUANTITY))
    level = fields.Enum(Level, by_value=True, load_default=None, allow_none=True)
    currency = _currency()


class OrderLicenses(PreviewLicenseOrder):
    """``level`` is needed where no subscription fixes it."""

    payment_method = _payment_method()


class OneOrder(Request):
    """An order of the caller's firm."""

    order_id = fields.UUID(required=True)


class PayOrder(OneOrder):
    """By which method the next payment is tried."""

    payment_method = _payment_method()


class OneReceipt(Request):
    """A receipt of the caller's firm."""

    receipt_id = fields.UUID(required=True)


class ListOrders(Page):
    """The firm's orders, the newest first."""


class ListReceipts(Page):
    """The firm's receipts, the newest first."""


class ListPayers(Page):
    """The firm's members whom it pays for, those who joined first first."""


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


class ChangePlan(Request):
    """The plan that the firm is to have."""

    plan = fields.Enum(PlanKey, by_value=True, required=True)


class OneStatement(Request):
    """A statement of the caller's firm."""

    statement_id = fields.UUID(required=True)


class FirmsReceipt(OneReceipt):
    """The receipt that a mail is about."""

    firm_id = fields.UUID(required=True)


class FirmsStatement(OneStatement):
    """The statement that a mail is about."""

    firm_id = fields.UUID(required=True)


class ListStatements(Page):
    """The firm's statements, the newest first."""


class ListCharges(Page):
    """What is on the firm's open account, the newest first."""


class ConfirmManualPayment(Request):
    """``reference`` is that of the money received, such as of a bank transfer."""

    payment_id = fields.UUID(required=True)
    reference = Name(required=True)
