"""Shared entries, in and out: shapes only; which section has which field is `sections`' to say."""

from marshmallow import fields, validate

from chassis.schemas import Line, Page, Request, Text
from clients.connections.events import Side
from clients.entries.events import Action, Section
from clients.records.events import Connection

LONGEST_TEXT = 4_000
HIGHEST_AMOUNT = 10**12
# Not `$`, which lets a line break pass, and not `\Z`, which contracts' readers do not know.
WALL_CLOCK = validate.Regexp(
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}([+-][0-9]{2}:[0-9]{2})?(?![\s\S])",
    error="Not a wall-clock time: 2027-03-01T15:30.",
)
CURRENCY = validate.Regexp(r"^[A-Z]{3}(?![\s\S])", error="Not a currency: USD, EUR, …")


class Content(Request):
    """What is written. A field that is absent is left as it is, null takes it out.

    Times are wall-clock times in ``time_zone`` (IANA; Q17), with an offset where an hour comes
    twice. ``amount`` counts minor units of the currency (Q16).
    """

    title = Line(200, allow_none=True)
    text = Text(LONGEST_TEXT, allow_none=True)
    child_name = Line(200, allow_none=True)
    starts_at = fields.String(validate=WALL_CLOCK, allow_none=True)
    ends_at = fields.String(validate=WALL_CLOCK, allow_none=True)
    time_zone = Line(64, allow_none=True)
    location = Line(200, allow_none=True)
    amount = fields.Integer(
        strict=True, allow_none=True, validate=validate.Range(1, HIGHEST_AMOUNT)
    )
    currency = fields.String(validate=CURRENCY, allow_none=True)
    day = fields.Date(allow_none=True)
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)


class WriteEntry(Request):
    """Without ``entry_id`` a new entry; else a change, with the ``version`` that was read."""

    client_id = fields.UUID(required=True)
    entry_id = fields.UUID(load_default=None, allow_none=True)
    version = fields.Integer(strict=True, load_default=None, allow_none=True)
    section = fields.Enum(Section, by_value=True, required=True)
    content = fields.Nested(Content, required=True)


class DeleteEntry(Request):
    """The entry, with the ``version`` that was read."""

    client_id = fields.UUID(required=True)
    entry_id = fields.UUID(required=True)
    version = fields.Integer(strict=True, required=True)


class OneEntry(Request):
    """An entry by its id."""

    entry_id = fields.UUID(required=True)


class ListEntries(Page):
    """A client's entries, of one section or all."""

    client_id = fields.UUID(required=True)
    section = fields.Enum(Section, by_value=True, load_default=None, allow_none=True)


class ListEntryVersions(Page):
    """The versions of one entry."""

    entry_id = fields.UUID(required=True)


class ShownContent(Request):
    """What an entry says; a field that its section has not, or that is empty, is absent."""

    title = fields.String()
    text = fields.String()
    child_name = fields.String()
    starts_at = fields.String()
    ends_at = fields.String()
    time_zone = fields.String()
    location = fields.String()
    amount = fields.Integer()
    currency = fields.String()
    day = fields.String()
    starts_on = fields.String()
    ends_on = fields.String()


class Entry(Request):
    """An entry as it now is; ``connection_id`` null: the firm has it to itself."""

    entry_id = fields.UUID()
    client_id = fields.UUID()
    section = fields.Enum(Section, by_value=True)
    content = fields.Nested(ShownContent)
    connection_id = fields.UUID(allow_none=True)
    deleted = fields.Boolean()
    changed_at = fields.DateTime()
    version = fields.Integer()


class EntryPage(Request):
    """A page of entries, the newest first.

    ``connection`` tells the firm whether the record is connected now, and the client whether their
    own connection goes on. ``firm_name`` and ``connection_id`` are for the client; to the firm
    they are null.
    """

    client_name = fields.String(allow_none=True)
    firm_name = fields.String(allow_none=True)
    connection_id = fields.UUID(allow_none=True)
    connection = fields.Enum(Connection, by_value=True, allow_none=True)
    items = fields.List(fields.Nested(Entry))
    next_cursor = fields.String(allow_none=True)


class EntryChange(Request):
    """One field before and after, in full."""

    field = fields.String()
    old = fields.String(allow_none=True)
    new = fields.String(allow_none=True)


class EntryVersion(Request):
    """What one writing made of an entry, and who did it."""

    version = fields.Integer()
    action = fields.Enum(Action, by_value=True)
    side = fields.Enum(Side, by_value=True)
    changed_by_name = fields.String()
    changed_at = fields.DateTime()
    changes = fields.List(fields.Nested(EntryChange))
    content = fields.Nested(ShownContent)


class EntryVersionPage(Request):
    """A page of versions, the newest first, the entry as it now is, and whether one may write."""

    entry = fields.Nested(Entry)
    writable = fields.Boolean()
    items = fields.List(fields.Nested(EntryVersion))
    next_cursor = fields.String(allow_none=True)
