"""What a firm's people see of it, out."""

from marshmallow import Schema, fields

from chassis.schemas import Request
from groups.firms.license import Reason
from groups.firms.schemas import Firm, Licenses
from groups.firms.states import LicenseState
from groups.members.permissions import Role


class Nothing(Request):
    """A request that says everything by its name."""


class Delivery(Schema):
    """How far an invitation's newest mail got: sending, delivered or failed, and then why (T17)."""

    state = fields.String()
    reason = fields.String(allow_none=True)
    at = fields.AwareDateTime(allow_none=True)


class ListedPerson(Schema):
    """A member, or somebody invited: then ``invitation_id`` is set and ``member_id`` is not.

    ``status`` is active, pending or expired. An invitee's ``email`` is null for a viewer who does
    not manage members (Q13), as is how far the mail got.
    """

    member_id = fields.UUID(allow_none=True)
    invitation_id = fields.UUID(allow_none=True)
    account_id = fields.UUID(allow_none=True)
    name = fields.String()
    email = fields.String(allow_none=True)
    role = fields.Enum(Role, by_value=True)
    senior = fields.Boolean()
    status = fields.String()
    joined_at = fields.AwareDateTime(allow_none=True)
    expires_at = fields.AwareDateTime(allow_none=True)
    invited_by_name = fields.String(allow_none=True)
    delivery = fields.Nested(Delivery, allow_none=True)


class PersonPage(Schema):
    """One page of members and invited people."""

    items = fields.List(fields.Nested(ListedPerson))
    next_cursor = fields.String(allow_none=True)


class Viewer(Schema):
    """The caller in this firm, and what they may do."""

    member_id = fields.UUID(attribute="id")
    role = fields.Enum(Role, by_value=True)
    senior = fields.Boolean()
    can = fields.List(fields.String())


class FirmOverview(Schema):
    """The group overview. ``licenses`` is null for a viewer who may not see them (S1-08).

    ``members`` is the first page of list_members; ``next_cursor`` goes on there.
    """

    firm = fields.Nested(Firm)
    viewer = fields.Nested(Viewer)
    licenses = fields.Nested(Licenses, allow_none=True)
    members = fields.List(fields.Nested(ListedPerson))
    next_cursor = fields.String(allow_none=True)


class LicenseEntry(Schema):
    """One line of a license's biography: what became of it, who did it, and why.

    ``state``, ``level`` and ``paid_through`` are those after the change. Where ``by_account_id`` is
    null, nobody asked: time did it.
    """

    entry_id = fields.Integer(attribute="id")
    license_id = fields.UUID()
    state = fields.Enum(LicenseState, by_value=True)
    reason = fields.Enum(Reason, by_value=True)
    by_account_id = fields.UUID(allow_none=True)
    by_name = fields.String(allow_none=True)
    at = fields.AwareDateTime()
    order_id = fields.UUID(allow_none=True)
    invitation_id = fields.UUID(allow_none=True)
    invited_email = fields.String(allow_none=True)
    member_id = fields.UUID(allow_none=True)
    member_name = fields.String(allow_none=True)
    level = fields.String(allow_none=True)
    paid_through = fields.Date(allow_none=True)


class LicenseEntryPage(Schema):
    """One page of the licenses' biography, newest first."""

    items = fields.List(fields.Nested(LicenseEntry))
    next_cursor = fields.String(allow_none=True)


class ForecastDay(Schema):
    """How many licenses end on that day, and what becomes of them."""

    date = fields.Date()
    lapsing = fields.Integer()
    renewing = fields.Integer()
    waiting = fields.Integer()


class Forecast(Schema):
    """What will become of the licenses, the earliest day first; in sentences too."""

    items = fields.List(fields.Nested(ForecastDay))
    pending_invitations = fields.Integer()
    sentences = fields.List(fields.String())
