"""What a change does to whom, as previews answer it."""

from marshmallow import fields

from chassis.schemas import Request


class Visible(Request):
    """How many clients, and of those whom the caller may see the first 50 names."""

    clients = fields.Integer()
    names = fields.List(fields.String())


class MemberEffect(Request):
    """What a person comes to see and what they see no more; no id: an invitee."""

    member_id = fields.UUID(allow_none=True)
    name = fields.String()
    gained = fields.Nested(Visible)
    lost = fields.Nested(Visible)
