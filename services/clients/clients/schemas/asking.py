"""What the service notifications asks on behalf of a member."""

from marshmallow import fields

from chassis.schemas import Event, Request
from clients.domain.events import Connection
from clients.schemas.records import ListClients


class GetAccess(Request):
    """A person who was verified, and a client."""

    account_id = fields.UUID(required=True)
    client_id = fields.UUID(required=True)


class Access(Request):
    """The client, the member that the account is, and why they may see it."""

    client_id = fields.UUID()
    firm_id = fields.UUID()
    name = fields.String()
    member_id = fields.UUID()
    assigned_member_id = fields.UUID(allow_none=True)
    connection = fields.Enum(Connection, by_value=True)
    reasons = fields.List(fields.String())


class ListHome(ListClients):
    """The home page of a person who was verified."""

    account_id = fields.UUID(required=True)


class Account(Event):
    """The part of identity's answer about an account that is read here."""

    name = fields.String(required=True)
    email = fields.String(required=True)
    email_verified = fields.Boolean(required=True)
