"""Entry: one thing in a shared section, and every version of it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from clients.connections.connection import AccountConnection, Stage
from clients.connections.events import Side
from clients.entries import errors
from clients.entries.events import Action, FieldChange, Section, SharedEntryChanged
from clients.entries.sections import Content, changes, shortened, write_content
from clients.records.client import Client
from clients.records.events import Connection


@dataclass(frozen=True)
class Writer:
    """Who writes, on which side, and when."""

    side: Side
    account_id: UUID
    name: str
    at: datetime


@dataclass(frozen=True)
class WriteTarget:
    """Where is written: the record, held, and its connection that is asked for or accepted."""

    client: Client
    connection: AccountConnection | None

    @property
    def shared_in(self) -> UUID | None:
        """The connection in which the record is shared now; None: the firm has it to itself."""
        live = self.connection is not None and self.connection.stage is Stage.CONNECTED
        return self.connection.connection_id if live and self.connection else None

    def is_open_to(self, side: Side, account_id: UUID) -> bool:
        """Return whether anything is written here: not after the end (Q9).

        Nor by a client while their own connection is over and another account's may be there.
        """
        if side is Side.CLIENT:
            return self._is_of(account_id)
        return self.client.connection is not Connection.ENDED

    def require_open_to(self, author: Writer) -> None:
        """Raise ConnectionHasEnded where the author writes nothing."""
        if not self.is_open_to(author.side, author.account_id):
            raise errors.ConnectionHasEnded("the connection has ended")

    def _is_of(self, account_id: UUID) -> bool:
        return bool(self.shared_in and self.connection and self.connection.account_id == account_id)


@dataclass(eq=False)
class EntryVersion:
    """What one writing made of an entry, and who did it."""

    entry_id: UUID
    version: int
    action: Action
    side: Side
    changed_by_account_id: UUID
    changed_by_name: str
    changed_at: datetime
    changes: list[dict[str, Any]]  # of FieldChange, in full
    content: Content


@dataclass(eq=False)
class Entry:
    """An entry as it now is. Without a connection the firm has it to itself."""

    entry_id: UUID
    client_id: UUID
    section: Section
    content: Content
    connection_id: UUID | None
    shared_from: int | None
    changed_at: datetime
    deleted: bool = False
    version: int = 1

    @classmethod
    def create(
        cls,
        entry_id: UUID,
        section: Section,
        fields: dict[str, Any],
        place: WriteTarget,
        by: Writer,
    ) -> tuple["Entry", EntryVersion]:
        """Create an entry and its first version. Raises InvalidEntry."""
        content = write_content(section, fields)
        entry = cls(
            entry_id=entry_id,
            client_id=place.client.client_id,
            section=section,
            content=content,
            connection_id=place.shared_in,
            shared_from=1 if place.shared_in else None,
            changed_at=by.at,
        )
        return entry, entry._written(Action.CREATED, changes({}, content, section), by)

    def change(
        self, fields: dict[str, Any], version: int | None, place: WriteTarget, by: Writer
    ) -> EntryVersion | None:
        """Write the given fields; None if nothing is new. Raises what ``_require`` raises."""
        self._require(version, place)
        content = write_content(self.section, fields, onto=self.content)
        differing = changes(self.content, content, self.section)
        if not differing:
            return None
        self.content = content
        return self._next(Action.CHANGED, differing, by)

    def delete(self, version: int | None, place: WriteTarget, by: Writer) -> EntryVersion:
        """Take it out of the lists; what it was stays among its versions."""
        self._require(version, place)
        self.deleted = True
        return self._next(Action.DELETED, [], by)

    def is_writable(self, place: WriteTarget, side: Side, account_id: UUID) -> bool:
        """Return whether it can be changed or deleted from that side."""
        is_current = not self.deleted and self.connection_id == place.shared_in
        return is_current and place.is_open_to(side, account_id)

    def require_section(self, section: Section) -> None:
        """Raise InvalidEntry: an entry stays in its section."""
        if section is not self.section:
            wrong = {"section": [f"The entry is in {self.section}."]}
            raise errors.InvalidEntry("an entry stays in its section", fields=wrong)

    def _require(self, version: int | None, place: WriteTarget) -> None:
        if self.connection_id != place.shared_in:
            raise errors.ConnectionHasEnded("the connection in which this was shared has ended")
        if self.deleted:
            raise errors.EntryWasDeleted("the entry was deleted")
        if version is None:
            wrong = {"version": ["Needed: the version that was read."]}
            raise errors.InvalidEntry("which version was read?", fields=wrong)
        if version != self.version:
            raise errors.EntryChangedMeanwhile(
                "the entry was changed after it was read", version=self.version
            )

    def _next(self, action: Action, differing: list[FieldChange], by: Writer) -> EntryVersion:
        self.version += 1
        self.changed_at = by.at
        return self._written(action, differing, by)

    def _written(self, action: Action, differing: list[FieldChange], by: Writer) -> EntryVersion:
        return EntryVersion(
            entry_id=self.entry_id,
            version=self.version,
            action=action,
            side=by.side,
            changed_by_account_id=by.account_id,
            changed_by_name=by.name,
            changed_at=by.at,
            changes=[asdict(change) for change in differing],
            content=dict(self.content),
        )


def said(entry: Entry, version: EntryVersion, client: Client) -> SharedEntryChanged | None:
    """Return the event of a version; None while the firm has the entry to itself."""
    if entry.connection_id is None:
        return None
    return SharedEntryChanged(
        entry_id=entry.entry_id,
        client_id=client.client_id,
        firm_id=client.firm_id,
        client_name=client.name,
        section=entry.section,
        title=entry.content["title"],
        action=version.action,
        side=version.side,
        changed_by_account_id=version.changed_by_account_id,
        changed_by_name=version.changed_by_name,
        changes=[shortened(FieldChange(**change)) for change in version.changes],
        assigned_member_id=client.assigned_member_id,
        changed_at=version.changed_at,
        version=version.version,
    )


def as_client_sees(entry: Entry, version: EntryVersion) -> EntryVersion:
    """Return the version for the client: what was drafted before it was shared is not told."""
    if version.version != entry.shared_from or version.version == 1:
        return version
    whole = changes({}, version.content, entry.section)
    seen = {**vars(version), "action": Action.CREATED, "changes": [asdict(c) for c in whole]}
    seen.pop("_sa_instance_state", None)
    return EntryVersion(**seen)
