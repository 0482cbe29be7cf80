"""The parts of others' events about members, licenses and clients that mails tell."""

from marshmallow import fields

from chassis.schemas import EMAIL_MAX, MESSAGE_MAX, NAME_MAX, Event, Text
from notifications.mails import schemas as mails
from notifications.members import schemas as members


class Asker(mails.Person):
    """Who asks somebody who has not asked; null where the event does not say whether verified."""

    email_verified = fields.Boolean(load_default=None, allow_none=True)


class Invitation(Event):
    """An invitation, new or sent again; ``version`` grows with each sending."""

    invitation_id = fields.UUID(required=True)
    firm_id = fields.UUID(required=True)
    firm_name = Text(NAME_MAX, required=True)
    email = Text(EMAIL_MAX, required=True)
    name = Text(NAME_MAX, required=True)
    role = fields.String(required=True)
    message = Text(MESSAGE_MAX, load_default=None, allow_none=True)
    invited_by = fields.Nested(Asker, required=True)
    inviter_left = fields.Boolean(load_default=False)
    expires_at = fields.AwareDateTime(load_default=None, allow_none=True)
    version = fields.Integer(required=True)


class MemberRemoved(members.Member):
    """A member who is none any more; ``reason`` is removed or left."""

    reason = fields.String(load_default="removed")
    removed_by_name = fields.String(load_default="", allow_none=True)
    keep_clients = fields.Boolean(load_default=True)


class RoleChanged(Event):
    """What a member could do, and can do now."""

    member_id = fields.UUID(required=True)
    firm_id = fields.UUID(required=True)
    firm_name = Text(NAME_MAX, required=True)
    name = Text(NAME_MAX, required=True)
    email = fields.String(required=True)
    old_role = fields.String(required=True)
    new_role = fields.String(required=True)
    changed_by_name = fields.String(required=True)
    version = fields.Integer(required=True)


class LicensesExpiring(Event):
    """Counts of the firm's licenses that are paid through that day."""

    firm_id = fields.UUID(required=True)
    firm_name = Text(NAME_MAX, required=True)
    paid_through = fields.Date(required=True)
    days_left = fields.Integer(required=True)
    unused = fields.Integer(required=True)
    used = fields.Integer(required=True)
    held = fields.Integer(required=True)


class LicensesLapsed(Event):
    """How many unused licenses are gone."""

    firm_id = fields.UUID(required=True)
    firm_name = Text(NAME_MAX, required=True)
    paid_through = fields.Date(required=True)
    quantity = fields.Integer(required=True)


class InvitationExpiring(Invitation):
    """An invitation that ends soon."""

    expires_at = fields.AwareDateTime(required=True)
    days_left = fields.Integer(required=True)


class Receiver(Event):
    """A member who got clients; of their names the first few."""

    member_id = fields.UUID(required=True)
    quantity = fields.Integer(required=True)
    client_names = fields.List(fields.String(), required=True)


class ClientsHandedOver(Event):
    """Clients went from some members to others."""

    handover_id = fields.UUID(required=True)
    firm_id = fields.UUID(required=True)
    by_account_id = fields.UUID(required=True, allow_none=True)
    by_name = fields.String(required=True)
    undoes = fields.UUID(load_default=None, allow_none=True)
    receivers = fields.List(fields.Nested(Receiver), required=True)


class ConnectionRequested(Event):
    """A connection is asked for; ``version`` grows with each asking."""

    connection_id = fields.UUID(required=True)
    firm_id = fields.UUID(required=True)
    firm_name = Text(NAME_MAX, required=True)
    client_name = Text(NAME_MAX, required=True)
    recipient_name = fields.String(load_default="", allow_none=True)
    email = fields.String(required=True)
    message = Text(MESSAGE_MAX, load_default=None, allow_none=True)
    requested_by = fields.Nested(Asker, required=True)
    version = fields.Integer(required=True)


class ConnectionTransferred(mails.ConnectionMoved):
    """Another firm holds the record of a client whose account is connected with it."""

    firm_id = fields.UUID(required=True)
    firm_name = fields.String(required=True)
    former_firm_name = fields.String(required=True)
    client_name = Text(NAME_MAX, required=True)
    account_name = fields.String(load_default="")
    email = fields.String(required=True)
    version = fields.Integer(required=True)
