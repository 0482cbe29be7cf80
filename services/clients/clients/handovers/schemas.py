"""Handovers, in and out."""

from marshmallow import fields

from chassis.schemas import ListOf, Page, Request
from clients.handovers.events import HandoverKind
from clients.handovers.handover import Skipped
from clients.records.schemas import OneClient


class ReassignClient(OneClient):
    """The client, and the member who gets it."""

    member_id = fields.UUID(required=True)


MOST_ASSIGNMENTS = 200


class Assignment(Request):
    """A client, and the member who gets it."""

    client_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)


class ReassignClients(Request):
    """Each client has its own receiver."""

    assignments = ListOf(fields.Nested(Assignment), MOST_ASSIGNMENTS, least=1, required=True)


class MovedClient(Request):
    """A client that is handed over, from whom to whom; null stands for nobody."""

    client_id = fields.UUID()
    name = fields.String()
    from_member_id = fields.UUID(allow_none=True)
    to_member_id = fields.UUID(allow_none=True)


class HandedOver(Request):
    """What was moved; ``unchanged`` were there already. No id: nothing was moved."""

    handover_id = fields.UUID(allow_none=True)
    items = fields.List(fields.Nested(MovedClient))
    unchanged = fields.Integer()


class ListHandovers(Page):
    """The firm's handovers, or those of one client, the newest first."""

    client_id = fields.UUID(load_default=None, allow_none=True)


class GetHandover(Page):
    """A handover and a page of its clients."""

    handover_id = fields.UUID(required=True)


class OneHandover(Request):
    """A handover by its id."""

    handover_id = fields.UUID(required=True)


class HandoverRow(Request):
    """A handover; ``undoable_until`` is null for a kind that cannot be undone.

    In the list of one client also from whom to whom it went, of the members of this firm.
    """

    handover_id = fields.UUID()
    kind = fields.Enum(HandoverKind, by_value=True)
    at = fields.AwareDateTime()
    by_account_id = fields.UUID(allow_none=True)
    by_name = fields.String()
    member_id = fields.UUID(allow_none=True)
    member_name = fields.String(allow_none=True)
    clients = fields.Integer()
    undoes = fields.UUID(allow_none=True)
    undone_by = fields.UUID(allow_none=True)
    undoable_until = fields.AwareDateTime(allow_none=True)
    from_member_name = fields.String(allow_none=True)
    to_member_name = fields.String(allow_none=True)


class HandoverPage(Request):
    """A page of handovers."""

    items = fields.List(fields.Nested(HandoverRow))
    next_cursor = fields.String(allow_none=True)


class HandoverItem(Request):
    """A client's part in it; no name: the caller may not see the client now (S1-52)."""

    client_id = fields.UUID()
    name = fields.String(allow_none=True)
    from_firm_id = fields.UUID()
    from_member_id = fields.UUID(allow_none=True)
    from_member_name = fields.String(allow_none=True)
    to_firm_id = fields.UUID()
    to_member_id = fields.UUID(allow_none=True)
    to_member_name = fields.String(allow_none=True)


class Handover(HandoverRow):
    """A handover with a page of its clients."""

    items = fields.List(fields.Nested(HandoverItem))
    next_cursor = fields.String(allow_none=True)


class SkippedClient(Request):
    """A client that stayed; no name: the caller may not see it."""

    client_id = fields.UUID()
    name = fields.String(allow_none=True)
    reason = fields.Enum(Skipped, by_value=True)


class Undone(Request):
    """What went back and what stayed. No id: nothing could go back, so nothing was undone."""

    handover_id = fields.UUID(allow_none=True)
    items = fields.List(fields.Nested(MovedClient))
    skipped = fields.List(fields.Nested(SkippedClient))
