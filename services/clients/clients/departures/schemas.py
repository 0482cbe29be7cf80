"""Members who leave, in and out."""

from marshmallow import fields

from chassis.schemas import Event, Flag, ListOf, Request
from clients.handovers.schemas import MOST_ASSIGNMENTS, Assignment
from clients.members.schemas import MemberState

MOST_INVITATIONS = 1_000  # as groups takes


class ClientsChoice(Request):
    """Whether the firm keeps the clients, and who gets which; the rest is nobody's."""

    keep = Flag(required=True)
    receivers = ListOf(fields.Nested(Assignment), MOST_ASSIGNMENTS, load_default=list)


class CancelInvitations(Request):
    """Which pending invitations of the leaver's are taken back: all, or those named."""

    all = Flag(load_default=False)
    ids = ListOf(fields.UUID(), MOST_INVITATIONS, load_default=list)


class RemoveMember(Request):
    """``clients`` must be said if the member has any (S1-48, S1-49)."""

    member_id = fields.UUID(required=True)
    cancel_invitations = fields.Nested(CancelInvitations, load_default=None, allow_none=True)
    clients = fields.Nested(ClientsChoice, load_default=None, allow_none=True)


class LeaveFirm(Request):
    """Nothing has to be said."""

    cancel_invitations = fields.Nested(CancelInvitations, load_default=None, allow_none=True)


class DepartureCounts(Request):
    """What became of how many clients."""

    reassigned = fields.Integer()
    unassigned = fields.Integer()
    gone = fields.Integer()


class Departed(Request):
    """Somebody has left; without a handover they had no clients."""

    departure_id = fields.UUID()
    member_id = fields.UUID()
    handover_id = fields.UUID(allow_none=True)
    kept = fields.Boolean()
    clients = fields.Nested(DepartureCounts)
    license_freed = fields.Boolean()
    invitations_cancelled = fields.Integer()


class Home(Event):
    """The solo firm that an account falls back to, and their membership there."""

    home_firm_id = fields.UUID(required=True)
    home_member_id = fields.UUID(required=True)
    home_firm_name = fields.String(load_default="")


class Removed(Home):
    """What groups answers."""

    member = fields.Nested(MemberState, required=True)
    license_freed = fields.Boolean(required=True)
    invitations_cancelled = fields.Integer(load_default=0)


class MemberRemoved(MemberState, Home):
    """A member who was removed or has left, in full."""

    keep_clients = fields.Boolean(required=True)
    departure_id = fields.UUID(load_default=None, allow_none=True)
    removed_by_account_id = fields.UUID(load_default=None, allow_none=True)
    removed_by_name = fields.String(load_default="", allow_none=False)
