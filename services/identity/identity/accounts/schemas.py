"""Shapes of accounts."""

from typing import Any

from marshmallow import fields, validate

from chassis.schemas import Request
from identity.accounts.account import PHONE_MAX
from identity.accounts.events import Kind

# Any figures with the signs people put between them; two signs may follow each other: "+1 (555)".
_PHONE = validate.Regexp(r"\+?[0-9][0-9 ()/.\-]{3,38}\Z|\([0-9][0-9 ()/.\-]{3,37}\Z")


class Phone(fields.String):
    """A phone number as people write it, or none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            allow_none=True,
            validate=validate.And(validate.Length(max=PHONE_MAX), _PHONE),
            **{"load_default": None, **options},
        )


class AccountReference(Request):
    """Which account."""

    account_id = fields.UUID(required=True)


class Nothing(Request):
    """A request that says all by its name."""


class Account(Request):
    """An account in full."""

    account_id = fields.UUID(required=True)
    kind = fields.Enum(Kind, by_value=True, required=True)
    name = fields.String(required=True)
    email = fields.String(required=True)
    email_verified = fields.Boolean(required=True)
    phone = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)
