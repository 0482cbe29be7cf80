"""Firms and their people, in and out."""

from marshmallow import Schema, fields

from chassis.schemas import ListOf, NameWithoutLink, Request
from groups.domain.permissions import Role
from groups.domain.states import Policy
from groups.schemas.licenses import Licenses

MOST_NAMED = 200  # members in one question


class Nothing(Request):
    """A request that says everything by its name."""


class RenameFirm(Request):
    """The firm's new name."""

    name = NameWithoutLink(required=True)


class ChangeVisibility(Request):
    """The policy by which members see the firm's clients, from now on (D1)."""

    policy = fields.Enum(Policy, by_value=True, required=True)


class OneAccount(Request):
    """An account whose membership is asked for."""

    account_id = fields.UUID(required=True)


class ChangeRole(Request):
    """What a member is to be."""

    member_id = fields.UUID(required=True)
    role = fields.Enum(Role, by_value=True, required=True)


class Firm(Schema):
    """A firm."""

    firm_id = fields.UUID(attribute="id")
    name = fields.String()
    solo = fields.Boolean(attribute="is_solo")
    policy = fields.Enum(Policy, by_value=True)
    owner_account_id = fields.UUID()
    version = fields.Integer()


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


class Delivery(Schema):
    """How far an invitation's newest mail got: sending, delivered or failed, and then why (T17)."""

    state = fields.String()
    reason = fields.String(allow_none=True)
    at = fields.AwareDateTime(allow_none=True)


class ListedPerson(Schema):
    """A member, or somebody invited: then ``invitation_id`` is set and ``member_id`` is not.

    ``status`` is active, pending or expired. An invitee's ``email`` is null for a viewer who does
    not manage members (Q13), as is how far the mail got.
    """

    member_id = fields.UUID(allow_none=True)
    invitation_id = fields.UUID(allow_none=True)
    account_id = fields.UUID(allow_none=True)
    name = fields.String()
    email = fields.String(allow_none=True)
    role = fields.Enum(Role, by_value=True)
    senior = fields.Boolean()
    status = fields.String()
    joined_at = fields.AwareDateTime(allow_none=True)
    expires_at = fields.AwareDateTime(allow_none=True)
    invited_by_name = fields.String(allow_none=True)
    delivery = fields.Nested(Delivery, allow_none=True)


class PersonPage(Schema):
    """One page of members and invited people."""

    items = fields.List(fields.Nested(ListedPerson))
    next_cursor = fields.String(allow_none=True)


class Viewer(Schema):
    """The caller in this firm, and what they may do."""

    member_id = fields.UUID(attribute="id")
    role = fields.Enum(Role, by_value=True)
    senior = fields.Boolean()
    can = fields.List(fields.String())


class FirmOverview(Schema):
    """The group overview. ``licenses`` is null for a viewer who may not see them (S1-08).

    ``members`` is the first page of list_members; ``next_cursor`` goes on there.
    """

    firm = fields.Nested(Firm)
    viewer = fields.Nested(Viewer)
    licenses = fields.Nested(Licenses, allow_none=True)
    members = fields.List(fields.Nested(ListedPerson))
    next_cursor = fields.String(allow_none=True)
