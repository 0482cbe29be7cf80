"""Members who go, in and out."""

from marshmallow import Schema, fields

from chassis.schemas import ListOf, Request
from groups.invitations.schemas import MOST_PEOPLE
from groups.members.schemas import Member


class CancelInvitations(Request):
    """All that the member has sent and nobody has answered, or those named."""

    all = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    ids = ListOf(fields.UUID(), most=MOST_PEOPLE, load_default=list)


class RemoveMember(Request):
    """Who goes, and who says so; the same person in both places is leaving.

    ``keep_clients`` and ``departure_id`` are passed on to whoever hears of it. Of the member's
    pending invitations those of ``cancel_invitations`` are taken back.
    """

    account_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    keep_clients = fields.Boolean(required=True, truthy={True}, falsy={False})
    departure_id = fields.UUID(load_default=None, allow_none=True)
    cancel_invitations = fields.Nested(CancelInvitations, load_default=None, allow_none=True)


class Departed(Schema):
    """The ended membership, where its account works now, and whether a license is free again."""

    member = fields.Nested(Member)
    home_firm_id = fields.UUID()
    home_member_id = fields.UUID()
    home_firm_name = fields.String()
    license_freed = fields.Boolean()
    invitations_cancelled = fields.Integer()
