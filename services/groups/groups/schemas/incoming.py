"""The parts of other services' events and answers that groups reads."""

from marshmallow import fields, validate

from chassis.schemas import Event
from groups.domain.account import Kind


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


class LicensesPurchased(Event):
    """What groups reads of billing's event."""

    order_id = fields.UUID(required=True)
    firm_id = fields.UUID(required=True)
    quantity = fields.Integer(required=True, validate=validate.Range(min=1))
    level = fields.String(required=True)
    purchased_at = fields.AwareDateTime(required=True)
    paid_through = fields.Date(required=True)
    bought_by = fields.UUID(required=True)


class LicenseLevelsChanged(Event):
    """The level that all the firm's bought licenses have from ``changed_at`` on."""

    firm_id = fields.UUID(required=True)
    level = fields.String(required=True)
    changed_by = fields.UUID(required=True)
    changed_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class EmailNews(Event):
    """How far a mail got; ``about_id`` is the invitation and ``generation`` its version."""

    kind = fields.String(required=True)
    about_id = fields.UUID(required=True)
    generation = fields.String(required=True)


class EmailDelivered(EmailNews):
    """It has arrived."""

    delivered_at = fields.AwareDateTime(required=True)


class EmailFailed(EmailNews):
    """It never will."""

    reason = fields.String(required=True)
    failed_at = fields.AwareDateTime(required=True)
