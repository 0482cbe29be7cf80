"""The part of groups' and billing's answers to previews that is read here, and passed on."""

from marshmallow import fields

from chassis.schemas import Event
from clients.members.viewer import Role


class Pool(Event):
    """A firm's licenses by what they are."""

    total = fields.Integer()
    unused = fields.Integer()
    held = fields.Integer()
    used = fields.Integer()


class LicenseMove(Event):
    """A license that is something else afterwards."""

    license_id = fields.UUID(allow_none=True)
    from_state = fields.String(allow_none=True)
    to_state = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)


class Licenses(Event):
    """What moves in the pool; ``missing`` licenses would have to be bought first."""

    pool_before = fields.Nested(Pool, allow_none=True)
    pool_after = fields.Nested(Pool, allow_none=True)
    moves = fields.List(fields.Nested(LicenseMove))
    needed = fields.Integer()
    missing = fields.Integer()


class Quote(Event):
    """What missing licenses cost, in the currency's smallest unit; null: not for sale so."""

    quantity = fields.Integer()
    currency = fields.String()
    unit_amount = fields.Integer(allow_none=True)
    total = fields.Integer(allow_none=True)


class PersonalPlan(Event):
    """What becomes of one's own subscription."""

    plan = fields.String(allow_none=True)
    status = fields.String(allow_none=True)
    period_end = fields.String(allow_none=True)
    becomes = fields.String(allow_none=True)
    days_left = fields.Integer(allow_none=True)


class FirmBill(Event):
    """What the firm pays more or less, in the currency's smallest unit."""

    renewal_amount = fields.Integer(allow_none=True)
    renewal_amount_saved = fields.Integer(allow_none=True)
    renews_on = fields.String(allow_none=True)
    due_now = fields.Integer(allow_none=True)


class Money(Event):
    """What becomes of the person's own subscription, and of the firm's bill."""

    currency = fields.String()
    personal = fields.Nested(PersonalPlan, allow_none=True)
    firm = fields.Nested(FirmBill, allow_none=True)


class LicensePrice(Event):
    """What one license of an order cost, in the currency's smallest unit."""

    order_id = fields.UUID()
    unit_amount = fields.Integer()
    currency = fields.String()


class MoneyOnJoining(Money):
    """The same, and what the licenses of one's own firm cost that still run."""

    license_prices = fields.List(fields.Nested(LicensePrice), load_default=list)


class LeftLicenses(Event):
    """Licenses that were bought in one's own firm and that nobody would use there any more.

    They are good through ``paid_through``, until 24:00 UTC, and then lapse. ``unit_amount`` and
    ``total`` are what their year cost; null where billing does not know it.
    """

    order_id = fields.UUID(load_default=None, allow_none=True)
    level = fields.String(load_default=None, allow_none=True)
    quantity = fields.Integer()
    paid_through = fields.Date()
    unit_amount = fields.Integer(load_default=None, allow_none=True)
    total = fields.Integer(load_default=None, allow_none=True)
    currency = fields.String(load_default=None, allow_none=True)


class SentInvitation(Event):
    """A pending invitation that the leaver has sent.

    ``resembles`` says what speaks for an address of their own: same_local_part, same_name.
    """

    invitation_id = fields.UUID()
    email = fields.String()
    name = fields.String()
    role = fields.Enum(Role, by_value=True)
    expires_at = fields.AwareDateTime()
    resembles = fields.List(fields.String(), load_default=list)


class AboutFirm(Licenses):
    """What each preview of groups tells."""

    firm_id = fields.UUID(required=True)
    firm_name = fields.String(load_default="")


class AboutJoining(AboutFirm):
    """Groups' preview of joining."""

    role = fields.Enum(Role, by_value=True, required=True)
    left_firm_id = fields.UUID(load_default=None, allow_none=True)
    left_licenses = fields.List(fields.Nested(LeftLicenses), load_default=list)


class AboutRoleChange(AboutFirm):
    """Groups' preview of another role."""

    old_role = fields.Enum(Role, by_value=True, required=True)
    new_role = fields.Enum(Role, by_value=True, required=True)


class Leaver(Event):
    """The part of a member that a preview needs."""

    account_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)


class AboutRemoval(AboutFirm):
    """Groups' preview of a removal; without a home one would be founded."""

    member = fields.Nested(Leaver, required=True)
    home_firm_id = fields.UUID(load_default=None, allow_none=True)
    license_freed = fields.Boolean(load_default=False)
    invitations_pending = fields.Integer(load_default=0)
    invitations = fields.List(fields.Nested(SentInvitation), load_default=list)
