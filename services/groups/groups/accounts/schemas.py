"""The parts of identity's events and answers that groups reads."""

from marshmallow import fields

from chassis.schemas import Event
from groups.accounts.account import Kind


class Account(Event):
    """What groups keeps of identity's accounts."""

    account_id = fields.UUID(required=True)
    kind = fields.Enum(Kind, by_value=True, required=True)
    email = fields.String(required=True)
    name = fields.String(required=True)
    email_verified = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class AccountClosed(Account):
    """An account that is over, as it last was."""
