"""The parts of billing's events that groups reads."""

from marshmallow import fields, validate

from chassis.schemas import Event


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
