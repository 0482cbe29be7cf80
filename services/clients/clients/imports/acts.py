"""Reading the rows of an import: what does not fit is said per row, not for the whole."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.addresses import address_key
from chassis.errors import BadRequest, ChassisError
from chassis.schemas import load
from clients.imports import schemas
from clients.imports.errors import InvalidImport
from clients.imports.verdicts import Row, fingerprint
from clients.members.viewer import Viewer
from clients.records.details import Problems, Reading, read_details
from clients.records.events import Status
from clients.records.permissions import require_assignable

Raw = dict[str, Any]
_ROW = schemas.ImportRow()  # made once: to make it costs more than to read a row
HIGHEST_ROW = 10_000_000


class RowReader:
    """Reads rows for one importer; ``members`` are those named in the rows, by address."""

    def __init__(
        self,
        viewer: Viewer,
        reading: Reading,
        members: Mapping[str, Viewer],
        assign_to_me: bool,
        closed_is_on: bool,
    ) -> None:
        self.viewer = viewer
        self.reading = reading
        self.members = members
        self.unsaid = viewer.member_id if assign_to_me else None
        self.closed_is_on = closed_is_on

    def read(self, raw: Raw) -> Row:
        """Return the row with its details, or with everything that speaks against them."""
        number, print_ = raw["row"], fingerprint(raw)
        try:
            fields = load(_ROW, raw)
            details = read_details(fields, self.reading)
        except BadRequest as error:
            return Row(number, print_, problems=error.details["fields"])
        problems: Problems = {}
        if fields.get("status") is Status.CLOSED and not self.closed_is_on:
            problems["status"] = ['The status "closed" is not turned on.']
        member_id = self._member(fields["assigned_to"], problems)
        return Row(
            number,
            print_,
            details,
            problems,
            external_id=fields["external_id"] or None,
            status=fields.get("status", Status.PROSPECT),
            assigned_member_id=member_id,
            create_anyway=fields["create_anyway"],
        )

    def _member(self, address: str | None, problems: Problems) -> UUID | None:
        if address is None:
            return self.unsaid
        member = self.members.get(address_key(address))
        if member is None:
            problems["assigned_to"] = ["No member of the firm has this address."]
            return None
        try:
            return require_assignable(member, by=self.viewer).member_id
        except ChassisError as refused:
            problems["assigned_to"] = [f"Not possible: {refused.message}."]
            return None


def require_numbered(rows: list[Raw]) -> None:
    """Raise InvalidImport unless every row has a number of its own."""
    numbers = [row.get("row") for row in rows]
    wrong = {
        f"rows.{index}.row": ["Each row needs a number of its own: 1, 2, 3, …"]
        for index, number in enumerate(numbers)
        if not _is_number(number) or numbers.count(number) > 1
    }
    if wrong:
        raise InvalidImport("the rows cannot be told apart", fields=wrong)


def _is_number(number: Any) -> bool:
    return type(number) is int and 1 <= number <= HIGHEST_ROW


def name_members(rows: list[Raw]) -> bool:
    """Return whether any of the rows says whose client it is to be."""
    return any(row.get("assigned_to") is not None for row in rows)
