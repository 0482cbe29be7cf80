"""What a row's cells mean, cell by cell; one that cannot be read is left out, and said (F127)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from onboarding.addresses import INSIDE_EXCHANGE, is_exchange
from onboarding.columns import Found
from onboarding.dates import NoDate, read_date
from onboarding.practice import Practice

STATUSES = {
    "active": "active",
    "aktiv": "active",
    "actif": "active",
    "aktywny": "active",
    "inactive": "inactive",
    "inaktiv": "inactive",
    "inactif": "inactive",
    "nieaktywny": "inactive",
    "prospect": "prospect",
    "interessent": "prospect",
}
YES = {"yes", "y", "x", "1", "true", "ja", "j", "oui", "o", "tak", "t"}
NO = {"no", "n", "0", "false", "nein", "non", "nie"}
# As spreadsheets show a long number: all but its first digits are gone (F124).
CUT = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+\d{1,3}", re.IGNORECASE)
EXCEL_HAS_CUT = "Excel has cut this number: only its first digits are left."


@dataclass(frozen=True)
class LeftOut:
    """A cell that was left out of a client: where it stands, what it says, and why."""

    header: str
    value: str
    why: str

    def __str__(self) -> str:
        return f'{self.header} "{self.value}": {self.why}'


class RowReader:
    """Reads the rows of one file; ``orders`` says how each column of dates is read."""

    def __init__(self, practice: Practice, file: str, orders: dict[str, str | None]) -> None:
        self._people = practice.people
        self._status = practice.client_status
        self._anyway = {line for name, line in practice.anyway if name in (None, file)}
        self._orders = orders

    def read(
        self, row: dict[str, Any], origins: Callable[[], dict[str, Found]]
    ) -> tuple[dict[str, Any], list[LeftOut]]:
        """Return the row as clients takes it, and the cells that had to be left out.

        ``origins`` tells where the values stand; it is asked only for what is left out.
        """
        refused: dict[str, str] = {}
        self._date(row, refused, origins)
        self._numbers(row, refused)
        if any(is_exchange(one) for one in row.get("emails", ())):
            listed = [*enumerate(row["emails"])]
            refused |= {f"emails.{n}": INSIDE_EXCHANGE for n, one in listed if is_exchange(one)}
            row["emails"] = [one for _, one in listed if not is_exchange(one)]
        row["status"] = self._status_of(row)
        if "assigned_to" in row:
            owner = str(row["assigned_to"])
            row["assigned_to"] = self._people.get(owner.lower(), owner)
        self._insisted_on(row, refused)
        if not refused:
            return row, []
        found = origins()
        return row, [LeftOut(*found[path], why) for path, why in refused.items()]

    def _date(
        self, row: dict[str, Any], refused: dict[str, str], origins: Callable[[], dict[str, Found]]
    ) -> None:
        if "birth_date" not in row:
            return
        header = next(iter(self._orders))
        if len(self._orders) > 1:
            header = origins()["birth_date"][0]
        try:
            born = read_date(row.pop("birth_date"), self._orders[header])
        except NoDate as error:
            refused["birth_date"] = str(error)
        else:
            if born:
                row["birth_date"] = born.isoformat()

    def _numbers(self, row: dict[str, Any], refused: dict[str, str]) -> None:
        """The firm's number and the id of where it comes from: cut ones would be each other's."""
        for name in ("number", "external_id"):
            if CUT.fullmatch(str(row.get(name, ""))):
                refused[name] = EXCEL_HAS_CUT
                del row[name]

    def _status_of(self, row: dict[str, Any]) -> str:
        said = str(row.get("status", ""))
        return STATUSES.get(said.lower(), said) or self._status

    def _insisted_on(self, row: dict[str, Any], refused: dict[str, str]) -> None:
        said = str(row.pop("create_anyway", "no")).lower()
        if said not in YES | NO:
            refused["create_anyway"] = "Say yes or no."
        if said in YES or row["row"] in self._anyway:
            row["create_anyway"] = True
