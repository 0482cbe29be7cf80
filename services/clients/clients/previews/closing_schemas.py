"""What the end of an account would end: its own preview, and what groups and billing say of it."""

from marshmallow import fields

from chassis.schemas import Event, Request
from clients.previews.neighbour_schemas import LeftLicenses, Licenses, Money


class PreviewClosing(Request):
    """Nothing to say: it is the caller's account that would be closed."""


class Heir(Event):
    """A member who looks after the firm from then on, and did not before."""

    member_id = fields.UUID()
    name = fields.String()
    becomes_admin = fields.Boolean()
    becomes_owner = fields.Boolean()


class AboutOneFirm(Licenses):
    """What groups says of one firm."""

    firm_id = fields.UUID(required=True)
    firm_name = fields.String(load_default="")
    member_id = fields.UUID(required=True)
    ends = fields.Boolean(required=True)
    members_left = fields.Integer()
    admins_left = fields.Integer()
    heir = fields.Nested(Heir, allow_none=True)
    invitations_pending = fields.Integer()
    licenses_left = fields.List(fields.Nested(LeftLicenses), load_default=list)


class AboutClosing(Event):
    """Groups' preview of the end of an account."""

    firms = fields.List(fields.Nested(AboutOneFirm), required=True)


class MoneyOnClosing(Event):
    """What ends with a firm; paid days are not given back, open orders not asked for any more."""

    currency = fields.String()
    plan = fields.String()
    status = fields.String()
    period_end = fields.String()
    days_left = fields.Integer()
    orders_cancelled = fields.Integer()


class FirmAfterClosing(Request):
    """What becomes of one firm that the account is a member of.

    A firm that `ends` takes its `clients`, `connections` and pending invitations along; else the
    `clients` are those of the member, whom nobody has from then on. `heir` is null where the firm
    ends or is looked after as before; with `admins_left` 0 nobody is there who could.
    """

    firm_id = fields.UUID()
    firm_name = fields.String()
    ends = fields.Boolean()
    members_left = fields.Integer()
    admins_left = fields.Integer()
    heir = fields.Nested(Heir, allow_none=True)
    clients = fields.Integer()
    connections = fields.Integer()
    licenses = fields.Nested(Licenses)
    licenses_left = fields.List(fields.Nested(LeftLicenses))
    invitations_pending = fields.Integer()
    subscription = fields.Nested(MoneyOnClosing, allow_none=True)
    money = fields.Nested(Money, allow_none=True)


class ClosingPreview(Request):
    """What the end of the caller's account, or another kind, would end; the awake firm first.

    `connections` are the account's own, as a client; they end, and the firms keep what was shared.
    """

    firms = fields.List(fields.Nested(FirmAfterClosing))
    connections = fields.Integer()
