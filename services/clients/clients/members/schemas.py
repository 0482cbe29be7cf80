"""The part of groups' events and answers that clients reads; the rest may change freely."""

from marshmallow import fields

from chassis.schemas import Event
from clients.members.member import MemberStatus
from clients.members.viewer import Policy, Role


class FirmState(Event):
    """A firm in full."""

    firm_id = fields.UUID(required=True)
    name = fields.String(required=True)
    solo = fields.Boolean(required=True)
    policy = fields.Enum(Policy, by_value=True, required=True)
    version = fields.Integer(required=True)


class MemberState(Event):
    """A member in full."""

    member_id = fields.UUID(required=True)
    firm_id = fields.UUID(required=True)
    account_id = fields.UUID(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    senior = fields.Boolean(required=True)
    status = fields.Enum(MemberStatus, by_value=True, required=True)
    version = fields.Integer(required=True)


class MemberJoined(MemberState):
    """A member in full, and the solo firm they left for this one."""

    left_firm_id = fields.UUID(load_default=None, allow_none=True)
    firm_name = fields.String(load_default="")


class Newcomers(Event):
    """What groups answers about those of a firm of whom too little may be known here."""

    firm = fields.Nested(FirmState, required=True)
    members = fields.List(fields.Nested(MemberJoined), required=True)


class Membership(MemberJoined):
    """What groups answers about an account: the member, the firm, and how much it has paid for."""

    firm = fields.Nested(FirmState, required=True)
    licenses_bought = fields.Integer(load_default=0)
