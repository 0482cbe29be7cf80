"""Firms and their pools, in and out."""

from marshmallow import Schema, fields

from chassis.schemas import NameWithoutLink, Request
from groups.firms.states import Policy


class RenameFirm(Request):
    """The firm's new name."""

    name = NameWithoutLink(required=True)


class ChangeVisibility(Request):
    """The policy by which members see the firm's clients, from now on (D1)."""

    policy = fields.Enum(Policy, by_value=True, required=True)


class Firm(Schema):
    """A firm."""

    firm_id = fields.UUID(attribute="id")
    name = fields.String()
    solo = fields.Boolean(attribute="is_solo")
    policy = fields.Enum(Policy, by_value=True)
    owner_account_id = fields.UUID()
    version = fields.Integer()


class Licenses(Schema):
    """The pool in numbers: ``total`` is ``unused + held + used``."""

    total = fields.Integer()
    unused = fields.Integer()
    held = fields.Integer()
    used = fields.Integer()
