"""Members, in and out."""

from marshmallow import Schema, fields

from chassis.schemas import ListOf, Request
from groups.firms.schemas import Firm
from groups.members.permissions import Role

MOST_NAMED = 200  # members in one question


class OneAccount(Request):
    """An account whose membership is asked for."""

    account_id = fields.UUID(required=True)


class Member(Schema):
    """A member."""

    member_id = fields.UUID(attribute="id")
    firm_id = fields.UUID()
    account_id = fields.UUID()
    name = fields.String()
    email = fields.String()
    role = fields.Enum(Role, by_value=True)
    senior = fields.Boolean()
    status = fields.String()
    joined_at = fields.AwareDateTime()
    version = fields.Integer()


class Membership(Member):
    """A member and the firm, both as their events carry them; and how much the firm has paid for.

    ``licenses_bought`` counts those that have not lapsed: with one of them a firm pays.
    ``left_firm_id`` is the solo firm that the member left to join, where they came from one.
    """

    firm_name = fields.String()
    firm = fields.Nested(Firm)
    licenses_bought = fields.Integer()
    left_firm_id = fields.UUID(allow_none=True)


class ListNewcomers(OneAccount):
    """An account, and members of its firm of whom the asking service may know too little."""

    member_ids = ListOf(fields.UUID(), most=MOST_NAMED, load_default=list)


class Newcomer(Member):
    """A member, and the solo firm that they left to join, where they came from one."""

    left_firm_id = fields.UUID(allow_none=True)
    firm_name = fields.String()


class Newcomers(Schema):
    """The account's firm, the members that were named, and who joined a moment ago."""

    firm = fields.Nested(Firm)
    members = fields.List(fields.Nested(Newcomer))
