"""Other roles, in, and billing that changes hands, in and out."""

from marshmallow import Schema, fields, validate

from chassis.schemas import Request
from groups.invitations.schemas import OneInvitation
from groups.members.permissions import Role
from groups.members.schemas import Member


class ChangeRole(Request):
    """What a member is to be."""

    member_id = fields.UUID(required=True)
    role = fields.Enum(Role, by_value=True, required=True)


class ChangeInvitationRole(OneInvitation):
    """What the invited person is to be."""

    role = fields.Enum(Role, by_value=True, required=True)


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
