"""Bringing many clients in at once, and seeing beforehand what would become of them."""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.auth import PROFESSIONALS
from chassis.messages import command, query
from chassis.transactions import Transaction
from clients.imports import schemas, storage
from clients.imports.acts import Raw, RowReader, name_members, require_numbered
from clients.imports.verdicts import Classified, Earlier, Known, Row, classify
from clients.members import storage as members
from clients.members.viewer import Viewer
from clients.records import storage as records
from clients.records.acts import reading
from clients.records.details import Reading
from clients.records.permissions import require_writer


class Importing:
    """Messages of the import. Both judge by the same rules; only one writes."""

    settings: Any

    @query(schemas.PreviewImport, reply=schemas.Verdicts, callers=PROFESSIONALS)
    def preview_import(
        self,
        tx: Transaction,
        rows: list[Raw],
        assign_to_me: bool,
        country_code: str | None = None,
    ) -> dict[str, Any]:
        """Return what importing these rows would do now; nothing is written."""
        viewer = require_writer(members.get_viewer(tx.session, tx.account_id))
        how = reading(self.settings, tx, country_code)
        read = _read(self.settings, tx, viewer, how, assign_to_me, rows)
        return _verdicts(classify(read, _known(tx, viewer, read), {}), {})

    @command(schemas.ImportClients, reply=schemas.Verdicts, callers=PROFESSIONALS)
    def import_clients(
        self,
        tx: Transaction,
        rows: list[Raw],
        assign_to_me: bool,
        batch_id: UUID,
        country_code: str | None = None,
    ) -> dict[str, Any]:
        """Create what is new and fits, say of the rest why not; all of it or nothing."""
        # Alone: two imports of the same people at once would not see each other's rows.
        viewer = require_writer(members.lock_own_firm(tx.session, tx.account_id, exclusive=True))
        how = reading(self.settings, tx, country_code)
        read = _read(self.settings, tx, viewer, how, assign_to_me, rows)
        batch = (viewer.firm_id, batch_id)
        earlier = storage.earlier_rows(tx.session, *batch, [row.row for row in read])
        classified = classify(read, _known(tx, viewer, read), earlier)
        made = _create(tx, viewer, [judgement.row for judgement in classified if judgement.new])
        storage.record_rows(tx.session, *batch, made, tx.now)
        return _verdicts(classified, {row.row: done.client_id for row, done in made.items()})


def _read(
    settings: Any,
    tx: Transaction,
    viewer: Viewer,
    how: Reading,
    assign_to_me: bool,
    rows: list[Raw],
) -> list[Row]:
    require_numbered(rows)
    there = members.members_by_address(tx.session, viewer.firm_id) if name_members(rows) else {}
    reader = RowReader(viewer, how, there, assign_to_me, settings["closed_clients"])
    return [reader.read(raw) for raw in rows]


def _known(tx: Transaction, viewer: Viewer, rows: list[Row]) -> Known:
    return storage.known_clients(tx.session, viewer, [key for row in rows for key in row.keys])


def _create(tx: Transaction, viewer: Viewer, rows: list[Row]) -> dict[Row, Earlier]:
    """Store the clients that these rows become. Returns them by row."""
    opened = [row.opened(tx.new_id(), viewer.firm_id) for row in rows]
    records.add_clients(tx.session, opened)
    tx.emit([client.created for client in opened])
    return {
        row: Earlier(row.fingerprint, client.client_id)
        for row, client in zip(rows, opened, strict=True)
    }


def _verdicts(classified: list[Classified], made: Mapping[int, UUID]) -> dict[str, Any]:
    """Return the reply; ``made`` are the ids of rows created now, which a preview has none of."""
    rows = []
    for judgement in classified:
        match, number = judgement.match, judgement.row.row
        other = made.get(match.row) if match.row else match.client_id
        row = {
            "row": number,
            "verdict": judgement.verdict,
            "client_id": made.get(number) if judgement.new else other,
            "duplicate_of_row": match.row,
            "duplicate_of_name": match.name,
            "matched_by": judgement.matched_by,
            "fields_": judgement.problems,
        }
        rows.append(row)
    return {"rows": rows, "counts": Counter(judgement.verdict.value for judgement in classified)}
