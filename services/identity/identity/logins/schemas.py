"""Shapes of logins."""

from marshmallow import fields

from chassis.schemas import Email, Page, Request, Text
from identity.accounts.schemas import Account
from identity.passwords.schemas import TOKEN_MAX, Password


class LogIn(Request):
    """Address and password, and the token that an earlier login gave this device."""

    email = Email(required=True)
    password = Password(required=True)
    device_token = Text(longest=TOKEN_MAX, shortest=1, load_default=None, allow_none=True)


class Refresh(Request):
    """The refresh token that the last login or refresh gave."""

    refresh_token = Text(longest=TOKEN_MAX, shortest=1, required=True)


class ListLoginSessions(Page):
    """A page of the caller's logins, newest first."""


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
