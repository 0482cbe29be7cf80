"""Members who go, and billing that changes hands, in and out."""

from marshmallow import Schema, fields, validate

from chassis.schemas import Request
from groups.domain.permissions import Role
from groups.schemas.firms import Member


class RemoveMember(Request):
    """Who goes, and who says so; the same person in both places is leaving.

    ``keep_clients`` and ``departure_id`` are passed on to whoever hears of it.
    """

    account_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    keep_clients = fields.Boolean(required=True, truthy={True}, falsy={False})
    departure_id = fields.UUID(load_default=None, allow_none=True)


class Departed(Schema):
    """The ended membership, where its account works now, and whether a license is free again."""

    member = fields.Nested(Member)
    home_firm_id = fields.UUID()
    home_member_id = fields.UUID()
    license_freed = fields.Boolean()


class HandOverBilling(Request):
    """``from_member_id`` is billing-only and gets ``from_role``; the other one is billing-only."""

    from_member_id = fields.UUID(required=True)
    to_member_id = fields.UUID(required=True)
    from_role = fields.Enum(
        Role, by_value=True, required=True, validate=validate.NoneOf([Role.BILLING_ONLY])
    )


class HandedOver(Schema):
    """Both members as they are now."""

    from_member = fields.Nested(Member)
    to_member = fields.Nested(Member)
