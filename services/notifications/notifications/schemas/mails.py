"""JSON in and out of mails, and the parts of others' events that they tell."""

from marshmallow import Schema, fields

from chassis.schemas import EMAIL_MAX, MESSAGE_MAX, NAME_MAX, Event, Page, Text


class Account(Event):
    """What every event of an account tells: who, and under which address."""

    account_id = fields.UUID(required=True)
    email = Text(EMAIL_MAX, required=True)
    name = Text(NAME_MAX, required=True)
    # Who says neither is an identity of before; then nobody is greeted by a name.
    email_verified = fields.Boolean(load_default=False)
    sign_up_id = fields.UUID(load_default=None, allow_none=True)


class AccountClosed(Account):
    """An account that is over, and why."""

    email = Text(EMAIL_MAX, load_default="")
    name = Text(NAME_MAX, load_default="")
    kind = fields.String(load_default="")
    reason = fields.String(load_default="")
    closed_at = fields.AwareDateTime(load_default=None, allow_none=True)


class EmailChangeRequested(Account):
    """An owner's wish for another address."""

    change_id = fields.UUID(required=True)
    new_email = Text(EMAIL_MAX, required=True)
    taken = fields.Boolean(required=True)
    requested_at = fields.AwareDateTime(required=True)


class EmailChanged(Account):
    """An account under another address, and the one that it had."""

    old_email = Text(EMAIL_MAX, required=True)
    old_email_verified = fields.Boolean(required=True)
    changed_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class FirmClosed(Event):
    """A firm in which nobody is left."""

    firm_id = fields.UUID(required=True)


class PasswordResetRequested(Account):
    """One request for a new password."""

    request_id = fields.UUID(required=True)


class PasswordChanged(Account):
    """When it was changed, as the mail tells it."""

    changed_at = fields.AwareDateTime(required=True)
    email_verified = fields.Boolean(load_default=True)


class Person(Event):
    """Somebody a mail names or goes to."""

    name = Text(NAME_MAX, required=True)
    email = Text(EMAIL_MAX, required=True)


class Asker(Person):
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


class InvitationClosed(Event):
    """An invitation that is over."""

    invitation_id = fields.UUID(required=True)


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


class ReceiptLine(Event):
    """Amounts in minor units of the receipt's currency."""

    description = fields.String(required=True)
    quantity = fields.Integer(required=True)
    unit_amount = fields.Integer(required=True)
    amount = fields.Integer(required=True)


class ReceiptIssued(Event):
    """A receipt in full, and whom billing sends it to."""

    receipt_id = fields.UUID(required=True)
    order_id = fields.UUID(load_default=None, allow_none=True)
    number = fields.String(required=True)
    firm_id = fields.UUID(required=True)
    firm_name = Text(NAME_MAX, required=True)
    recipients = fields.List(fields.Nested(Person), required=True)
    lines = fields.List(fields.Nested(ReceiptLine), required=True)
    total = fields.Integer(required=True)
    currency = fields.String(required=True)
    issued_at = fields.AwareDateTime(required=True)


class PaymentDeclined(Event):
    """A payment that did not go through, and whom billing tells."""

    payment_id = fields.UUID(required=True)
    order_id = fields.UUID(load_default=None, allow_none=True)
    firm_id = fields.UUID(required=True)
    firm_name = Text(NAME_MAX, required=True)
    reason = fields.String(required=True)
    recipients = fields.List(fields.Nested(Person), required=True)
    total = fields.Integer(required=True)
    currency = fields.String(required=True)


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
