"""The parts of groups' events about members that are kept, and that a welcome tells."""

from marshmallow import fields

from chassis.schemas import EMAIL_MAX, NAME_MAX, Event, Text


class Member(Event):
    """What is kept of a member, and what a welcome tells."""

    member_id = fields.UUID(required=True)
    firm_id = fields.UUID(required=True)
    account_id = fields.UUID(required=True)
    name = Text(NAME_MAX, required=True)
    email = Text(EMAIL_MAX, required=True)
    role = fields.String(required=True)
    status = fields.String(required=True)
    version = fields.Integer(required=True)
    invitation_id = fields.UUID(load_default=None, allow_none=True)
    firm_name = fields.String(load_default="", allow_none=True)
    invited_by_name = fields.String(load_default=None, allow_none=True)
