"""Previews of effects, in and out: which licenses and what money move, and who sees what."""

from marshmallow import fields, validate

from chassis.schemas import Email, ListOf, Name, Request
from clients.handovers.schemas import MovedClient
from clients.members.viewer import Role
from clients.previews.neighbour_schemas import LeftLicenses, Licenses, Money, Quote, SentInvitation


class Visible(Request):
    """How many clients, and of those whom the caller may see the first 50 names."""

    clients = fields.Integer()
    names = fields.List(fields.String())


class MemberEffect(Request):
    """What a person comes to see and what they see no more; no id: an invitee."""

    member_id = fields.UUID(allow_none=True)
    name = fields.String()
    gained = fields.Nested(Visible)
    lost = fields.Nested(Visible)


MOST_PEOPLE = 1_000  # as groups takes


class Invitee(Request):
    """Somebody to be invited, and as what."""

    email = Email(required=True)
    name = Name(required=True)
    role = fields.Enum(Role, by_value=True, required=True)


class PreviewInvitation(Request):
    """Those who would be invited."""

    people = ListOf(fields.Nested(Invitee), MOST_PEOPLE, least=1, required=True)


class PreviewJoining(Request):
    """The invitation's token."""

    token = fields.String(required=True, validate=validate.Length(1, 200))


class PreviewRoleChange(Request):
    """A member, and what they would be."""

    member_id = fields.UUID(required=True)
    role = fields.Enum(Role, by_value=True, required=True)


class PreviewRemoval(Request):
    """Who would be removed."""

    member_id = fields.UUID(required=True)


class PreviewLeaving(Request):
    """Nothing to say: it is the caller who would leave."""


class InvitationPreview(Request):
    """What inviting these people, and their accepting, would do."""

    licenses = fields.Nested(Licenses)
    quote = fields.Nested(Quote, allow_none=True)
    effects = fields.List(fields.Nested(MemberEffect))


class JoiningPreview(Request):
    """What accepting the invitation would do."""

    firm_id = fields.UUID()
    firm_name = fields.String()
    role = fields.Enum(Role, by_value=True)
    licenses = fields.Nested(Licenses)
    money = fields.Nested(Money)
    effects = fields.List(fields.Nested(MemberEffect))
    licenses_left = fields.List(fields.Nested(LeftLicenses))


class RoleChangePreview(Request):
    """What another role would do."""

    old_role = fields.Enum(Role, by_value=True)
    new_role = fields.Enum(Role, by_value=True)
    licenses = fields.Nested(Licenses)
    quote = fields.Nested(Quote, allow_none=True)
    effects = fields.List(fields.Nested(MemberEffect))


class RemovalPreview(Request):
    """What removing the member would do, with their clients kept and with these let go."""

    clients = fields.Integer()
    choice_required = fields.Boolean()
    licenses = fields.Nested(Licenses)
    license_freed = fields.Boolean()
    money = fields.Nested(Money)
    if_kept = fields.List(fields.Nested(MemberEffect))
    if_let_go = fields.List(fields.Nested(MemberEffect))
    invitations_pending = fields.Integer()
    invitations = fields.List(fields.Nested(SentInvitation))


class LeavingPreview(Request):
    """What the caller's leaving would do; their clients stay with the firm."""

    clients = fields.Integer()
    licenses = fields.Nested(Licenses)
    license_freed = fields.Boolean()
    money = fields.Nested(Money)
    effects = fields.List(fields.Nested(MemberEffect))
    invitations_pending = fields.Integer()
    invitations = fields.List(fields.Nested(SentInvitation))


class ReassignmentPreview(Request):
    """What would be moved, and what each member would see more or less of."""

    items = fields.List(fields.Nested(MovedClient))
    unchanged = fields.Integer()
    effects = fields.List(fields.Nested(MemberEffect))
