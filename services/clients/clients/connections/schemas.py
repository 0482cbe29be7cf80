"""Connections, in and out, and what is read of accounts."""

from marshmallow import fields

from chassis.schemas import MESSAGE_MAX, Email, Event, NameWithoutLink, Page, Request, Text
from clients.connections.events import Side
from clients.members.viewer import Role


class RequestConnection(Request):
    """The record, and the person whose account is to be tied to it, often a parent.

    ``name`` is how the mail greets them; without one it greets nobody by name.
    """

    client_id = fields.UUID(required=True)
    email = Email(required=True)
    name = NameWithoutLink(load_default=None, allow_none=True)
    message = Text(MESSAGE_MAX, load_default=None, allow_none=True)


class OneConnection(Request):
    """A connection by its id."""

    connection_id = fields.UUID(required=True)


class ConnectionToken(Request):
    """The token of a mailed link."""

    token = Text(100, required=True)


class IssuedConnectionLink(Request):
    """A token for one mail, until when it works, and what holds of the request at this moment.

    Where who asked has left, the firm asks: without an address, without a message.
    """

    token = fields.String()
    expires_at = fields.DateTime()
    firm_name = fields.String()
    client_name = fields.String()
    requested_by_name = fields.String()
    requested_by_email = fields.String(allow_none=True)
    message = fields.String(allow_none=True)


class ListConnections(Page):
    """A page of connections."""


class ListFirmsConnections(ListConnections):
    """A page of the firm's connections, or the newest of one client."""

    client_id = fields.UUID(load_default=None, allow_none=True)


class FirmsConnection(Request):
    """A connection as the firm sees it.

    ``connection`` is requested, connected, ended or not_connected, which is all that is told of
    a request that came to nothing (Q8).
    """

    connection_id = fields.UUID()
    client_id = fields.UUID()
    client_name = fields.String()
    connection = fields.String()
    email = fields.String()
    requested_by_name = fields.String()
    requested_at = fields.DateTime()
    expires_at = fields.DateTime()
    account_name = fields.String(allow_none=True)
    connected_at = fields.DateTime(allow_none=True)
    ended_at = fields.DateTime(allow_none=True)
    ended_by = fields.Enum(Side, by_value=True, allow_none=True)


class FirmsConnectionPage(Request):
    """A page of the firm's connections."""

    items = fields.List(fields.Nested(FirmsConnection))
    next_cursor = fields.String(allow_none=True)


class ClientsConnection(Request):
    """A connection as the client's own account sees it."""

    connection_id = fields.UUID()
    client_id = fields.UUID()
    client_name = fields.String()
    firm_name = fields.String()
    connection = fields.String()
    connected_at = fields.DateTime(allow_none=True)
    ended_at = fields.DateTime(allow_none=True)
    ended_by = fields.Enum(Side, by_value=True, allow_none=True)


class ClientsConnectionPage(Request):
    """A page of an account's connections."""

    items = fields.List(fields.Nested(ClientsConnection))
    next_cursor = fields.String(allow_none=True)


class ExplainMyAccess(Page):
    """A record that the caller's account is connected with."""

    client_id = fields.UUID(required=True)


class MyAccess(Request):
    """A member who may see what the client shares, and why."""

    name = fields.String()
    role = fields.Enum(Role, by_value=True)
    reasons = fields.List(fields.String())


class MyAccessPage(Request):
    """A page of members who may see it, and whose and with whom it is."""

    client_name = fields.String()
    firm_name = fields.String()
    connection_id = fields.UUID()
    connection = fields.String()
    items = fields.List(fields.Nested(MyAccess))
    next_cursor = fields.String(allow_none=True)


class OfferedConnection(Request):
    """What a mailed link offers."""

    firm_name = fields.String()
    client_name = fields.String()
    email = fields.String()
    requested_by_name = fields.String()
    message = fields.String(allow_none=True)
    expires_at = fields.DateTime()


class DeclinedConnection(Request):
    """The request is answered with no."""

    connection_id = fields.UUID()
    connection = fields.String()


class Account(Event):
    """The part of identity's answer about an account that is read here."""

    name = fields.String(required=True)
    email = fields.String(required=True)
    email_verified = fields.Boolean(required=True)


class AccountState(Event):
    """What clients reads of an account whose name or address is another."""

    account_id = fields.UUID(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True)
    version = fields.Integer(required=True)


class AccountClosed(Event):
    """What clients reads of identity's event."""

    account_id = fields.UUID(required=True)
