"""JSON in and out of mails, and the parts of others' events that end them."""

from marshmallow import Schema, fields

from chassis.schemas import EMAIL_MAX, NAME_MAX, Event, Page, Text


class Account(Event):
    """What every event of an account tells: who, and under which address."""

    account_id = fields.UUID(required=True)
    email = Text(EMAIL_MAX, required=True)
    name = Text(NAME_MAX, required=True)
    # Who says neither is an identity of before; then nobody is greeted by a name.
    email_verified = fields.Boolean(load_default=False)
    sign_up_id = fields.UUID(load_default=None, allow_none=True)


class FirmClosed(Event):
    """A firm in which nobody is left."""

    firm_id = fields.UUID(required=True)


class InvitationClosed(Event):
    """An invitation that is over."""

    invitation_id = fields.UUID(required=True)


class ConnectionMoved(Event):
    """A connection that is another thing than it was."""

    connection_id = fields.UUID(required=True)


class OrderCancelled(Event):
    """An order that nobody is to pay any more."""

    order_id = fields.UUID(required=True)


class Person(Event):
    """Somebody a mail names or goes to."""

    name = Text(NAME_MAX, required=True)
    email = Text(EMAIL_MAX, required=True)


class ListMails(Page):
    """``about`` asks for the mails about one thing, such as one invitation."""

    about = fields.UUID(load_default=None, allow_none=True)


class Mail(Schema):
    """A mail's delivery state; what it said is not kept."""

    mail_id = fields.UUID(attribute="id")
    kind = fields.String()
    about_id = fields.UUID()
    recipient = fields.String()
    recipient_name = fields.String()
    state = fields.String()
    reason = fields.String()
    detail = fields.String()
    attempts = fields.Integer()
    created_at = fields.AwareDateTime()
    updated_at = fields.AwareDateTime()
    due_at = fields.AwareDateTime(allow_none=True)


class MailPage(Schema):
    """Newest first."""

    items = fields.List(fields.Nested(Mail))
    next_cursor = fields.String(allow_none=True)
