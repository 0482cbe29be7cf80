"""Shapes of what has a link mailed, and of the link."""

from marshmallow import fields, validate

from chassis.schemas import Email, NameWithoutLink, Request
from identity.accounts.events import Kind
from identity.accounts.schemas import AccountReference, Phone
from identity.passwords.schemas import CurrentPassword, Password


class Register(Request):
    """A new account: its address, name and password."""

    email = Email(required=True)
    password = Password(required=True)
    name = NameWithoutLink(required=True)
    kind = fields.Enum(Kind, by_value=True, required=True)
    phone = Phone()


class RequestEmailChange(CurrentPassword):
    """The address that the account is to have."""

    new_email = Email(required=True)


class EmailChangeReference(Request):
    """Which change, as `email_change_requested.v1` named it."""

    change_id = fields.UUID(required=True)


class RequestPasswordReset(Request):
    """The address to send the link to, if it has an account."""

    email = Email(required=True)


class SignUpReference(AccountReference):
    """Which account, and which of the sign-ups beside it; None: the account's own."""

    sign_up_id = fields.UUID(load_default=None, allow_none=True)


class ResetRequestReference(Request):
    """Which request, as `password_reset_requested.v1` named it."""

    request_id = fields.UUID(required=True)


class Accepted(Request):
    """The same for an address that is known and for one that is not."""

    status = fields.String(required=True, validate=validate.OneOf(["check_mail"]))


class IssuedLink(Request):
    """A token for one mail, and until when it works."""

    token = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True)
