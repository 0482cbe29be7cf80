"""Members who leave, in and out."""

from marshmallow import fields

from chassis.schemas import Event, Flag, ListOf, Request
from clients.schemas.events import MemberState
from clients.schemas.handover import MOST_ASSIGNMENTS, Assignment


class ClientsChoice(Request):
    """Whether the firm keeps the clients, and who gets which; the rest is nobody's."""

    keep = Flag(required=True)
    receivers = ListOf(fields.Nested(Assignment), MOST_ASSIGNMENTS, load_default=list)


class RemoveMember(Request):
    """``clients`` must be said if the member has any (S1-48, S1-49)."""

    member_id = fields.UUID(required=True)
    clients = fields.Nested(ClientsChoice, load_default=None, allow_none=True)


class LeaveFirm(Request):
    """Nothing to say."""


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


class Home(Event):
    """The solo firm that an account falls back to, and their membership there."""

    home_firm_id = fields.UUID(required=True)
    home_member_id = fields.UUID(required=True)


class Removed(Home):
    """What groups answers."""

    member = fields.Nested(MemberState, required=True)
    license_freed = fields.Boolean(required=True)


class MemberRemoved(MemberState, Home):
    """A member who was removed or has left, in full."""

    keep_clients = fields.Boolean(required=True)
    departure_id = fields.UUID(load_default=None, allow_none=True)
    removed_by_account_id = fields.UUID(load_default=None, allow_none=True)
    removed_by_name = fields.String(load_default="", allow_none=False)
