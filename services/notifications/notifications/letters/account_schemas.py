"""The parts of identity's events that mails tell."""

from marshmallow import fields

from chassis.schemas import EMAIL_MAX, NAME_MAX, Text
from notifications.mails import schemas as mails


class AccountClosed(mails.Account):
    """An account that is over, and why."""

    email = Text(EMAIL_MAX, load_default="")
    name = Text(NAME_MAX, load_default="")
    kind = fields.String(load_default="")
    reason = fields.String(load_default="")
    closed_at = fields.AwareDateTime(load_default=None, allow_none=True)


class EmailChangeRequested(mails.Account):
    """An owner's wish for another address."""

    change_id = fields.UUID(required=True)
    new_email = Text(EMAIL_MAX, required=True)
    taken = fields.Boolean(required=True)
    requested_at = fields.AwareDateTime(required=True)


class EmailChanged(mails.Account):
    """An account under another address, and the one that it had."""

    old_email = Text(EMAIL_MAX, required=True)
    old_email_verified = fields.Boolean(required=True)
    changed_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class PasswordResetRequested(mails.Account):
    """One request for a new password."""

    request_id = fields.UUID(required=True)


class PasswordChanged(mails.Account):
    """When it was changed, as the mail tells it."""

    changed_at = fields.AwareDateTime(required=True)
    email_verified = fields.Boolean(load_default=True)
