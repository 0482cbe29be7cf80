"""Imports, in and out. A row that does not fit is refused alone, so rows are read one by one."""

from typing import Any

from marshmallow import ValidationError, fields

from chassis.schemas import Email, Flag, Line, ListOf, Request
from clients.imports.verdicts import MatchedBy, Verdict
from clients.records.schemas import ONE_TO_THREE_DIGITS, Details

MOST_ROWS = 200


class ImportRow(Details):
    """One client of an import.

    ``row`` is its number in the batch, ``external_id`` its id where it comes from,
    ``assigned_to`` the e-mail address of the member who gets it, and ``create_anyway`` says that
    a person has looked at the client it resembles.
    """

    row = fields.Integer(required=True, strict=True)
    external_id = Line(100, allow_none=True, load_default=None)
    assigned_to = Email(allow_none=True, load_default=None)
    create_anyway = Flag(load_default=False)


class AsSent(fields.Nested):
    """An object that is shaped like the schema, but is read later."""

    def _deserialize(self, value: Any, *where: Any, **options: Any) -> Any:
        if not isinstance(value, dict):
            raise ValidationError("Not an object.")
        return value


class PreviewImport(Request):
    """Up to 200 rows; ``assign_to_me`` is for those that do not say who gets the client."""

    rows = ListOf(AsSent(ImportRow), most=MOST_ROWS, least=1, required=True)
    assign_to_me = Flag(load_default=False)
    country_code = fields.String(validate=ONE_TO_THREE_DIGITS)


class ImportClients(PreviewImport):
    """``batch_id`` is made once per import: the same row of it never becomes two clients."""

    batch_id = fields.UUID(required=True)


class RowVerdict(Request):
    """What became of a row.

    ``client_id`` is the client it became or the one it duplicates; ``duplicate_of_row`` is set
    where that client is another row of this call, ``duplicate_of_name`` is its name; ``fields``
    says why a row was refused.
    """

    row = fields.Integer(allow_none=True)
    verdict = fields.Enum(Verdict, by_value=True)
    client_id = fields.UUID(allow_none=True)
    duplicate_of_row = fields.Integer(allow_none=True)
    duplicate_of_name = fields.String(allow_none=True)
    matched_by = fields.List(fields.Enum(MatchedBy, by_value=True))
    fields_ = fields.Dict(
        keys=fields.String(), values=fields.List(fields.String()), data_key="fields"
    )


class Verdicts(Request):
    """One verdict per row, in the order sent, and how many there are of each."""

    rows = fields.List(fields.Nested(RowVerdict))
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
