"""Client records, in and out: shapes only, no rules."""

from typing import Any

from marshmallow import fields, validate

from chassis.schemas import Email, Line, ListOf, Page, Request, Text
from clients.records.events import Connection, Status

MOST_CONTACTS = 10
MOST_TAGS = 20
# Not `$`, which lets a line break pass, and not `\Z`, which contracts' readers do not know.
ONE_TO_THREE_DIGITS = validate.Regexp(r"^[1-9][0-9]{0,2}(?![\s\S])", error="Not a country code.")


class Details(Request):
    """What staff write down. A field that is absent is left as it is."""

    given_name = Line(200, allow_none=True)
    family_name = Line(200, allow_none=True)
    display_name = Line(200, allow_none=True)
    emails = ListOf(Email(), MOST_CONTACTS)
    phones = ListOf(Line(100), MOST_CONTACTS)
    birth_date = fields.Date(allow_none=True)
    number = Line(50, allow_none=True)
    additional_information = Text(allow_none=True)
    tags = ListOf(Line(50, shortest=1), MOST_TAGS)
    status = fields.Enum(Status, by_value=True)


class CreateClient(Details):
    """``assigned_member_id`` absent: the caller's own; null: nobody's; else by an admin."""

    assigned_member_id = fields.UUID(allow_none=True)
    country_code = fields.String(validate=ONE_TO_THREE_DIGITS)


class UpdateClient(Details):
    """``version``, if given, is the one that was read: a newer one refuses the change."""

    client_id = fields.UUID(required=True)
    version = fields.Integer(strict=True)
    country_code = fields.String(validate=ONE_TO_THREE_DIGITS)


class OneClient(Request):
    """A client by its id."""

    client_id = fields.UUID(required=True)


class AssignedTo(fields.String):
    """``mine``, ``unassigned`` or a member's id."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        text = super()._deserialize(value, attr, data, **options)
        if text in ("mine", "unassigned"):
            return text
        return str(fields.UUID().deserialize(text))


class ListClients(Page):
    """The home page; ``search`` looks at names, e-mail addresses, phone and client numbers."""

    search = Line(100, load_default=None, allow_none=True)
    assigned_to = AssignedTo(load_default=None, allow_none=True)


class ExplainAccess(Page):
    """Without a member: page by page every active member of the firm."""

    client_id = fields.UUID(required=True)
    member_id = fields.UUID(load_default=None, allow_none=True)


class Phone(Request):
    """A number as typed and in E.164."""

    raw = fields.String()
    number = fields.String()


class Client(Request):
    """A record in full; ``additional_information`` is there for staff only (S5-60)."""

    client_id = fields.UUID()
    firm_id = fields.UUID()
    number = fields.String(allow_none=True)
    name = fields.String()
    given_name = fields.String(allow_none=True)
    family_name = fields.String(allow_none=True)
    display_name = fields.String(allow_none=True)
    emails = fields.List(fields.String())
    phones = fields.List(fields.Nested(Phone))
    birth_date = fields.Date(allow_none=True)
    status = fields.Enum(Status, by_value=True)
    connection = fields.Enum(Connection, by_value=True)
    shared = fields.Boolean()
    assigned_member_id = fields.UUID(allow_none=True)
    additional_information = fields.String(allow_none=True)
    tags = fields.List(fields.String())
    external_id = fields.String(allow_none=True)
    version = fields.Integer()


class NamedClient(Client):
    """The record, and the name of whoever it is assigned to."""

    assigned_member_name = fields.String(allow_none=True)


class ClientRow(Request):
    """A client on the home page; ``shared`` says that accounts are linked (S1-76, S1-77)."""

    client_id = fields.UUID()
    number = fields.String(allow_none=True)
    name = fields.String()
    status = fields.Enum(Status, by_value=True)
    connection = fields.Enum(Connection, by_value=True)
    shared = fields.Boolean()
    assigned_member_id = fields.UUID(allow_none=True)
    assigned_member_name = fields.String(allow_none=True)
    tags = fields.List(fields.String())


class ClientPage(Request):
    """A page of the home page."""

    items = fields.List(fields.Nested(ClientRow))
    next_cursor = fields.String(allow_none=True)


class MemberAccess(Request):
    """Why a member may see the client; no reason: may not."""

    member_id = fields.UUID()
    name = fields.String()
    reasons = fields.List(fields.String())


class AccessPage(Request):
    """A page of members and their reasons."""

    client_name = fields.String()
    items = fields.List(fields.Nested(MemberAccess))
    next_cursor = fields.String(allow_none=True)


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
