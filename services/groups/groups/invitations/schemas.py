"""Invitations, in and out, and how far their mails got."""

from marshmallow import Schema, fields, validate

from chassis.schemas import MESSAGE_MAX, Email, Event, ListOf, NameWithoutLink, Request, Text
from groups.members.permissions import Role

MOST_PEOPLE = 1_000
MOST_LINKS = 50  # with the longest messages the answer is half of bus.largest_message


class Person(Request):
    """Somebody to invite. The message stands in the mail (S1-31)."""

    email = Email(required=True)
    name = NameWithoutLink(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    message = Text(MESSAGE_MAX, load_default=None, allow_none=True)


class InviteMembers(Request):
    """Whom to invite; all of them are invited or nobody is."""

    people = ListOf(fields.Nested(Person), most=MOST_PEOPLE, least=1, required=True)


class OneInvitation(Request):
    """An invitation of the caller's firm."""

    invitation_id = fields.UUID(required=True)


class SeveralInvitations(Request):
    """Invitations of whatever firms; each is answered for itself."""

    invitation_ids = ListOf(fields.UUID(), most=MOST_LINKS, least=1, required=True)


class InvitationToken(Request):
    """The token in an invitation's link."""

    token = fields.String(required=True, validate=validate.Length(1, 200))


class Invitation(Schema):
    """An invitation as those see it who manage members."""

    invitation_id = fields.UUID(attribute="id")
    email = fields.String()
    name = fields.String()
    role = fields.Enum(Role, by_value=True)
    message = fields.String(allow_none=True)
    status = fields.String()
    invited_by_name = fields.String(attribute="inviter_name")
    created_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime()


class Invitations(Schema):
    """What was invited, in the order of the request."""

    invitations = fields.List(fields.Nested(Invitation))


class OfferedInvitation(Schema):
    """An invitation as the holder of its link sees it."""

    firm_name = fields.String()
    invited_by_name = fields.String()
    name = fields.String()
    email = fields.String()
    role = fields.Enum(Role, by_value=True)
    message = fields.String(allow_none=True)
    expires_at = fields.AwareDateTime()


class InvitationLink(Schema):
    """A link's token: shown once, kept nowhere; and what holds of the invitation at this moment.

    Where who invited has left, it comes from the firm: without an address, without a message.
    """

    token = fields.String()
    expires_at = fields.AwareDateTime()
    firm_name = fields.String()
    role = fields.Enum(Role, by_value=True)
    invited_by_name = fields.String()
    invited_by_email = fields.String(allow_none=True)
    message = fields.String(allow_none=True)


class LinkRefusal(Schema):
    """Why there is no link: the invitation has ended, or there is none. As errors travel."""

    kind = fields.String()
    code = fields.String()
    message = fields.String()


class IssuedLink(Schema):
    """Either ``link`` or ``refusal``; the other is null."""

    invitation_id = fields.UUID()
    link = fields.Nested(InvitationLink, allow_none=True)
    refusal = fields.Nested(LinkRefusal, allow_none=True)


class InvitationLinks(Schema):
    """What was asked for, in the order of the request."""

    links = fields.List(fields.Nested(IssuedLink))


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
