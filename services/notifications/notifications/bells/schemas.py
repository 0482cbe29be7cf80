"""JSON in and out of the bell, and the parts of clients' events that it reads."""

from marshmallow import Schema, fields

from chassis.schemas import Event, Page, Request, Text


class Client(Event):
    """What is kept of a client; ``version`` grows with every change of it."""

    client_id = fields.UUID(required=True)
    firm_id = fields.UUID(required=True)
    client_name = fields.String(required=True, data_key="name")
    connection = fields.String(required=True)
    assigned_member_id = fields.UUID(required=True, allow_none=True)
    version = fields.Integer(required=True)


class ClientAssigned(Event):
    """Whose client it is now; None stands for nobody."""

    client_id = fields.UUID(required=True)
    firm_id = fields.UUID(required=True)
    client_name = fields.String(required=True)
    assigned_member_id = fields.UUID(required=True, allow_none=True)
    version = fields.Integer(required=True)


class ConnectionEnded(Event):
    """Client and firm are not linked any more."""

    connection_id = fields.UUID(load_default=None, allow_none=True)
    client_id = fields.UUID(required=True)
    firm_id = fields.UUID(required=True)
    client_name = fields.String(required=True)
    assigned_member_id = fields.UUID(required=True, allow_none=True)


class FieldChange(Event):
    """One field before and after; None: it was empty."""

    field = fields.String(required=True)
    old = fields.Raw(load_default=None, allow_none=True)
    new = fields.Raw(load_default=None, allow_none=True)


class SharedEntryChanged(Event):
    """Something that both sides see was written; ``version`` is the entry's."""

    entry_id = fields.UUID(required=True)
    client_id = fields.UUID(required=True)
    firm_id = fields.UUID(required=True)
    client_name = fields.String(required=True)
    section = fields.String(required=True)
    title = fields.String(required=True)
    action = fields.String(required=True)
    side = fields.String(required=True)
    changed_by_name = fields.String(required=True)
    changes = fields.List(fields.Nested(FieldChange), required=True)
    assigned_member_id = fields.UUID(required=True, allow_none=True)
    changed_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class ListHome(Page):
    """What clients' home page takes; clients judges ``assigned_to``."""

    search = Text(100, load_default=None, allow_none=True)
    assigned_to = Text(36, load_default=None, allow_none=True)


class ListChanges(Page):
    """The bell with a client selected."""

    client_id = fields.UUID(required=True)


class ListBell(Page):
    """The caller's own bell."""


class GetBell(Request):
    """Nothing: it is the caller's own."""


class BellState(Schema):
    """How many changes wait for the caller, and what the caller is in the firm."""

    member_id = fields.UUID()
    unseen = fields.Integer()
    role = fields.String()


class OpenChanges(Request):
    """The client whose changes the caller has before them."""

    client_id = fields.UUID(required=True)


class Opened(Schema):
    """``seen`` is how many changes that client's bell has told so far."""

    client_id = fields.UUID()
    seen = fields.Integer()


class HomeRow(Schema):
    """A client as clients lists it, and how many of its changes wait for the caller."""

    client_id = fields.UUID()
    number = fields.String(allow_none=True)
    name = fields.String()
    status = fields.String()
    connection = fields.String()
    shared = fields.Boolean()
    assigned_member_id = fields.UUID(allow_none=True)
    assigned_member_name = fields.String(allow_none=True)
    tags = fields.List(fields.String())
    updated = fields.Boolean()
    unseen = fields.Integer()


class HomePage(Schema):
    """A page of the home page."""

    items = fields.List(fields.Nested(HomeRow))
    next_cursor = fields.String(allow_none=True)


class Change(Schema):
    """One thing a client changed, field by field."""

    change_id = fields.UUID()
    client_id = fields.UUID()
    client_name = fields.String()
    entry_id = fields.UUID()
    section = fields.String()
    title = fields.String()
    action = fields.String()
    changed_by_name = fields.String()
    changes = fields.List(fields.Dict(keys=fields.String()), attribute="fields")
    changed_at = fields.AwareDateTime()
    seen = fields.Boolean()


class ChangePage(Schema):
    """Newest first."""

    items = fields.List(fields.Nested(Change))
    next_cursor = fields.String(allow_none=True)


class ClientsChangePage(ChangePage):
    """The bell with that client selected."""

    client_name = fields.String()
