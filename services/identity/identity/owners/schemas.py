"""Shapes of what owners say: with a mailed token, or with their password."""

from typing import Any

from marshmallow import ValidationError, fields, missing, validates_schema

from chassis.schemas import NameWithoutLink, Request, Text
from identity.accounts.events import Kind
from identity.accounts.schemas import Phone
from identity.passwords.schemas import TOKEN_MAX, CurrentPassword, Password


class MailedToken(Request):
    """What the link in a mail carries, and whose account it is to be, where that is asked for."""

    token = Text(longest=TOKEN_MAX, shortest=1, required=True)
    kind = fields.Enum(Kind, by_value=True, load_default=None, allow_none=True)
    name = NameWithoutLink(load_default=None, allow_none=True)
    phone = Phone()


class VerifyEmail(MailedToken):
    """Either the password of that registration, or a new one with `kind` and `name`."""

    password = Password(load_default=None, allow_none=True)
    new_password = Password(load_default=None, allow_none=True)


class ResetPassword(MailedToken):
    """The mailed token and the password to set; `kind` and `name` for an unproven address."""

    new_password = Password(required=True)


class ChangePassword(Request):
    """Both passwords: the present one and the one to set."""

    current_password = Password(required=True)
    new_password = Password(required=True)


class ChangeDetails(Request):
    """What the caller is called from now on; what is left out stays, null takes the phone out."""

    name = NameWithoutLink()
    phone = Phone(load_default=missing)

    @validates_schema
    def _says_something(self, data: dict[str, Any], **_: Any) -> None:
        if not data:
            raise ValidationError("Say a name or a phone number.", "name")


class ConfirmEmailChange(Request):
    """The token in the mail to the new address, and the account's password."""

    token = Text(longest=TOKEN_MAX, shortest=1, required=True)
    password = Password(required=True)


class ChangeKind(CurrentPassword):
    """What the account is to be from now on."""

    kind = fields.Enum(Kind, by_value=True, required=True)
