"""Licenses and their biography, out."""

from marshmallow import Schema, fields

from groups.domain.license import Reason
from groups.domain.states import LicenseState


class Licenses(Schema):
    """The pool in numbers: ``total`` is ``unused + held + used``."""

    total = fields.Integer()
    unused = fields.Integer()
    held = fields.Integer()
    used = fields.Integer()


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
