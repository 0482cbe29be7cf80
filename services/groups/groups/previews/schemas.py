"""What would happen, in and out. Every preview is asked for on behalf of ``account_id``."""

from marshmallow import Schema, fields

from chassis.schemas import ListOf, Request
from groups.departures.left_behind import Resemblance
from groups.firms.license import Reason
from groups.firms.schemas import Licenses
from groups.firms.states import LicenseState
from groups.invitations.schemas import MOST_PEOPLE, InvitationToken, Person
from groups.members.permissions import Role
from groups.members.schemas import Member


class PreviewInvitations(Request):
    """Whom that account would invite."""

    account_id = fields.UUID(required=True)
    people = ListOf(fields.Nested(Person), most=MOST_PEOPLE, least=1, required=True)


class PreviewJoining(InvitationToken):
    """The link by which that account would join."""

    account_id = fields.UUID(required=True)


class PreviewRoleChange(Request):
    """What that account would make of the member."""

    account_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    role = fields.Enum(Role, by_value=True, required=True)


class PreviewRemoval(Request):
    """Whom that account would remove; its own membership means leaving."""

    account_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)


class LicenseMove(Schema):
    """One license from one state to another; ``from_state`` is null for one that would be new."""

    license_id = fields.UUID()
    from_state = fields.Enum(LicenseState, by_value=True, allow_none=True)
    to_state = fields.Enum(LicenseState, by_value=True)
    reason = fields.Enum(Reason, by_value=True)


class Preview(Schema):
    """What would become of the firm's licenses; no other firm's are among the moves."""

    firm_id = fields.UUID()
    firm_name = fields.String()
    pool_before = fields.Nested(Licenses)
    pool_after = fields.Nested(Licenses)
    moves = fields.List(fields.Nested(LicenseMove))


class InvitationsPreview(Preview):
    """``needed`` licenses; with some ``missing``, nobody would be invited."""

    needed = fields.Integer()
    missing = fields.Integer()


class RoleChangePreview(InvitationsPreview):
    """The member as they are; with a license ``missing``, the change would be refused."""

    member = fields.Nested(Member)
    old_role = fields.Enum(Role, by_value=True)
    new_role = fields.Enum(Role, by_value=True)


class SentInvitation(Schema):
    """A pending invitation of the member's; ``resembles`` says what it has in common with them."""

    invitation_id = fields.UUID()
    email = fields.String()
    name = fields.String()
    role = fields.Enum(Role, by_value=True)
    expires_at = fields.AwareDateTime()
    resembles = fields.List(fields.Enum(Resemblance, by_value=True))


class RemovalPreview(Preview):
    """``home_firm_id`` is null for somebody who would get a new firm.

    Of the member's ``invitations_pending`` the first 50, those that look like their own first.
    """

    member = fields.Nested(Member)
    home_firm_id = fields.UUID(allow_none=True)
    license_freed = fields.Boolean()
    invitations_pending = fields.Integer()
    invitations = fields.List(fields.Nested(SentInvitation))


class JoiningLicense(Schema):
    """The license that the joiner would use; its ``level`` is null where no plan was bought."""

    license_id = fields.UUID(attribute="id")
    paid_through = fields.Date(allow_none=True)
    level = fields.String(allow_none=True)


class LeftLicenses(Schema):
    """Bought licenses that nobody uses any more in the firm that falls asleep."""

    order_id = fields.UUID(allow_none=True)
    level = fields.String(allow_none=True)
    quantity = fields.Integer()
    paid_through = fields.Date()


class JoiningPreview(Preview):
    """``license`` is null for billing-only; ``left_firm_id`` is the solo firm that falls asleep."""

    role = fields.Enum(Role, by_value=True)
    account_id = fields.UUID()
    name = fields.String()
    left_firm_id = fields.UUID(allow_none=True)
    invitations_withdrawn = fields.Integer()
    license = fields.Nested(JoiningLicense, allow_none=True)
    left_licenses = fields.List(fields.Nested(LeftLicenses))


class Heir(Schema):
    """Who is admin or owner of the firm from then on, and was not before."""

    member_id = fields.UUID(attribute="heir.id")
    name = fields.String(attribute="heir.name")
    becomes_admin = fields.Boolean()
    becomes_owner = fields.Boolean()


class FirmAfterClosing(Preview):
    """What becomes of one firm; ``heir`` is null where it ends or stays as it is looked after.

    ``invitations_pending`` are cancelled with a firm that ends; else they are the member's own and
    go on. ``licenses_left`` are bought ones that nobody uses any more.
    """

    member_id = fields.UUID()
    ends = fields.Boolean()
    members_left = fields.Integer()
    admins_left = fields.Integer()
    heir = fields.Nested(Heir, allow_none=True)
    invitations_pending = fields.Integer()
    licenses_left = fields.List(fields.Nested(LeftLicenses))


class ClosingPreview(Schema):
    """Of each firm that the account is a member of, the one it works in first."""

    firms = fields.List(fields.Nested(FirmAfterClosing))
