"""JSON in and out: shapes only, no rules."""

from typing import Any

from marshmallow import ValidationError, fields, missing, validate, validates_schema

from chassis.schemas import Email, NameWithoutLink, Page, Request, Text
from identity.domain.events import Kind
from identity.storage.tables import PHONE_MAX

# Any figures with the signs people put between them; two signs may follow each other: "+1 (555)".
_PHONE = validate.Regexp(r"\+?[0-9][0-9 ()/.\-]{3,38}\Z|\([0-9][0-9 ()/.\-]{3,37}\Z")
PASSWORD_MAX = 1_024  # as sent; the rule for a new one is in domain/password.py
TOKEN_MAX = 200


class Password(Text):
    """A password on its way in; never sent out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(longest=PASSWORD_MAX, shortest=1, load_only=True, **options)


class Phone(fields.String):
    """A phone number as people write it, or none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            allow_none=True,
            validate=validate.And(validate.Length(max=PHONE_MAX), _PHONE),
            **{"load_default": None, **options},
        )


class Register(Request):
    """A new account: its address, name and password."""

    email = Email(required=True)
    password = Password(required=True)
    name = NameWithoutLink(required=True)
    kind = fields.Enum(Kind, by_value=True, required=True)
    phone = Phone()


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


class LogIn(Request):
    """Address and password, and the token that an earlier login gave this device."""

    email = Email(required=True)
    password = Password(required=True)
    device_token = Text(longest=TOKEN_MAX, shortest=1, load_default=None, allow_none=True)


class Refresh(Request):
    """The refresh token that the last login or refresh gave."""

    refresh_token = Text(longest=TOKEN_MAX, shortest=1, required=True)


class ChangePassword(Request):
    """Both passwords: the present one and the one to set."""

    current_password = Password(required=True)
    new_password = Password(required=True)


class CurrentPassword(Request):
    """The present password, for what cannot be taken back."""

    current_password = Password(required=True)


class ChangeDetails(Request):
    """What the caller is called from now on; what is left out stays, null takes the phone out."""

    name = NameWithoutLink()
    phone = Phone(load_default=missing)

    @validates_schema
    def _says_something(self, data: dict[str, Any], **_: Any) -> None:
        if not data:
            raise ValidationError("Say a name or a phone number.", "name")


class RequestEmailChange(CurrentPassword):
    """The address that the account is to have."""

    new_email = Email(required=True)


class EmailChangeReference(Request):
    """Which change, as `email_change_requested.v1` named it."""

    change_id = fields.UUID(required=True)


class ConfirmEmailChange(Request):
    """The token in the mail to the new address, and the account's password."""

    token = Text(longest=TOKEN_MAX, shortest=1, required=True)
    password = Password(required=True)


class ChangeKind(CurrentPassword):
    """What the account is to be from now on."""

    kind = fields.Enum(Kind, by_value=True, required=True)


class RequestPasswordReset(Request):
    """The address to send the link to, if it has an account."""

    email = Email(required=True)


class AccountReference(Request):
    """Which account."""

    account_id = fields.UUID(required=True)


class SignUpReference(AccountReference):
    """Which account, and which of the sign-ups beside it; None: the account's own."""

    sign_up_id = fields.UUID(load_default=None, allow_none=True)


class ResetRequestReference(Request):
    """Which request, as `password_reset_requested.v1` named it."""

    request_id = fields.UUID(required=True)


class Nothing(Request):
    """A request that says all by its name."""


class ListLoginSessions(Page):
    """A page of the caller's logins, newest first."""


class Accepted(Request):
    """The same for an address that is known and for one that is not."""

    status = fields.String(required=True, validate=validate.OneOf(["check_mail"]))


class Account(Request):
    """An account in full."""

    account_id = fields.UUID(required=True)
    kind = fields.Enum(Kind, by_value=True, required=True)
    name = fields.String(required=True)
    email = fields.String(required=True)
    email_verified = fields.Boolean(required=True)
    phone = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class RefreshedLogin(Request):
    """`access_token` goes with every call; `refresh_token` is exchanged, once, for the next."""

    access_token = fields.String(required=True)
    access_expires_at = fields.AwareDateTime(required=True)
    refresh_token = fields.String(required=True)
    refresh_expires_at = fields.AwareDateTime(required=True)
    account = fields.Nested(Account, required=True)


class Login(RefreshedLogin):
    """`device_token` comes with the next login from this device; it lets nobody in by itself."""

    device_token = fields.String(required=True)


class IssuedLink(Request):
    """A token for one mail, and until when it works."""

    token = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True)


class LoginSession(Request):
    """One place where somebody is logged in."""

    session_id = fields.UUID(required=True, attribute="id")
    started_at = fields.AwareDateTime(required=True)
    last_used_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    device_id = fields.UUID(required=True, allow_none=True)


class LoginSessionPage(Request):
    """Logins, and which of them is the one that asks."""

    items = fields.List(fields.Nested(LoginSession), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
    current_session_id = fields.UUID(required=True)
