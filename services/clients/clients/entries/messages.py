"""Writing and reading what a firm and a client share."""

from typing import Any
from uuid import UUID

from chassis.auth import CLIENTS, PEOPLE
from chassis.messages import command, query
from chassis.transactions import Transaction
from clients.connections import lists_storage
from clients.connections import schemas as connection_schemas
from clients.connections import storage as connections
from clients.connections.acts import lock_by_link
from clients.connections.before import vouched
from clients.connections.events import Side
from clients.connections.owner import Owner
from clients.entries import schemas, storage
from clients.entries.entry import Entry, EntryVersion, Writer, WriteTarget, as_client_sees, said
from clients.entries.events import Section
from clients.entries.storage import Scope
from clients.members import storage as members
from clients.records import storage as records
from clients.records.before import works

_OF_TIE = ("client_name", "firm_name", "connection_id", "connection")


def works_or_client(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Return the request once professionals unknown here were asked after with groups."""
    return works(service, call, request) if call.actor.kind == "professional" else request


class Entries:
    """Messages about shared entries; both sides send the same ones."""

    @command(
        connection_schemas.ConnectionToken,
        reply=connection_schemas.ClientsConnection,
        callers=CLIENTS,
        prepare=vouched,
    )
    def accept_connection(self, tx: Transaction, token: str, owner: Owner) -> dict[str, Any]:
        """Tie the account that is signed in to the record; the link is spent (S1-75).

        What the firm had prepared is shared from now on.
        """
        client, connection = lock_by_link(tx, token)
        holder = members.name_of_firm(tx.session, client.firm_id)
        connection.firm_name = holder or connection.firm_name
        tx.emit(connection.accept(client, owner, tx.now))
        storage.share_drafts(tx.session, client.client_id, connection.connection_id)
        return connections.client_sees(connection)

    @command(schemas.WriteEntry, reply=schemas.Entry, callers=PEOPLE, prepare=works_or_client)
    def write_entry(
        self,
        tx: Transaction,
        client_id: UUID,
        entry_id: UUID | None,
        version: int | None,
        section: Section,
        content: dict[str, Any],
    ) -> Entry:
        """Write a new entry, or the given fields of one that is there (S1-01, S1-78..81).

        A firm may prepare entries before there is a connection; the client sees them from its
        beginning on.
        """
        place, scope = _enter(tx, client_id)
        written: EntryVersion | None
        if entry_id is None:
            entry, written = Entry.create(tx.new_id(), section, content, place, _author(tx))
            tx.session.add(entry)
        else:
            entry = _lock(tx, scope, place, entry_id)
            entry.require_section(section)
            written = entry.change(content, version, place, _author(tx))
        _keep(tx, entry, written, place)
        return entry

    @command(schemas.DeleteEntry, reply=schemas.Entry, callers=PEOPLE, prepare=works_or_client)
    def delete_entry(self, tx: Transaction, client_id: UUID, entry_id: UUID, version: int) -> Entry:
        """Take an entry out of the lists; that is a version too, and the others stay."""
        place, scope = _enter(tx, client_id)
        entry = _lock(tx, scope, place, entry_id)
        _keep(tx, entry, entry.delete(version, place, _author(tx)), place)
        return entry

    @query(schemas.ListEntries, reply=schemas.EntryPage, callers=PEOPLE, prepare=works_or_client)
    def list_entries(
        self,
        tx: Transaction,
        client_id: UUID,
        section: Section | None,
        cursor: str | None,
        limit: int,
    ) -> dict[str, Any]:
        """Return what is shared with a client, newest first; to the firm also what it prepares."""
        scope, about = _scope_of(tx, client_id)
        found = storage.list_entries(
            tx.session, scope, client_id=client_id, section=section, cursor=cursor, limit=limit
        )
        return found | about

    @query(schemas.OneEntry, reply=schemas.Entry, callers=PEOPLE, prepare=works_or_client)
    def get_entry(self, tx: Transaction, entry_id: UUID) -> Entry:
        """Return one entry as it now is, also a deleted one."""
        return storage.get_entry(tx.session, _scope(tx), entry_id)

    @query(
        schemas.ListEntryVersions,
        reply=schemas.EntryVersionPage,
        callers=PEOPLE,
        prepare=works_or_client,
    )
    def list_entry_versions(
        self, tx: Transaction, entry_id: UUID, cursor: str | None, limit: int
    ) -> dict[str, Any]:
        """Return who changed what, field by field, newest first; the client from the sharing on."""
        entry = storage.get_entry(tx.session, _scope(tx), entry_id)
        since = (entry.shared_from or 1) if _is_client(tx) else 1
        found = storage.list_versions(tx.session, entry, since, cursor=cursor, limit=limit)
        if _is_client(tx):
            found["items"] = [as_client_sees(entry, version) for version in found["items"]]
        client = records.get_any_client(tx.session, entry.client_id)
        place = WriteTarget(client, connections.find_current(tx.session, entry.client_id))
        writable = entry.is_writable(place, _side(tx), tx.account_id)
        return found | {"entry": entry, "writable": writable}


def _is_client(tx: Transaction) -> bool:
    return tx.actor.kind == "client"


def _scope(tx: Transaction) -> Scope:
    """Return which entries the caller may see: of one's clients, or of one's own connections."""
    if _is_client(tx):
        return storage.seen_by_account(tx.account_id)
    return storage.seen_by_member(members.get_viewer(tx.session, tx.account_id))


def _scope_of(tx: Transaction, client_id: UUID) -> tuple[Scope, dict[str, Any]]:
    """Return the same, for a client's entries; and whose they are, as the caller may know it.

    Raises ClientNotFound where the caller may see none.
    """
    if _is_client(tx):
        tie = lists_storage.get_tie(tx.session, tx.account_id, client_id)
        return storage.seen_by_account(tx.account_id), {name: tie[name] for name in _OF_TIE}
    viewer = members.get_viewer(tx.session, tx.account_id)
    client = records.get_client(tx.session, viewer, client_id)
    told = {"client_name": client.name, "connection": client.connection}
    return storage.seen_by_member(viewer), dict.fromkeys(_OF_TIE) | told


def _enter(tx: Transaction, client_id: UUID) -> tuple[WriteTarget, Scope]:
    """Return the record, held, for writing. Raises ClientNotFound, ConnectionHasEnded.

    Its row is what reassigning holds too: so the event names the member who has the client.
    """
    if _is_client(tx):
        storage.require_tied(tx.session, tx.account_id, client_id)
        client = records.lock_any_client(tx.session, client_id)
        scope = storage.seen_by_account(tx.account_id)
    else:
        viewer = members.lock_own_firm(tx.session, tx.account_id)
        client = records.lock_client(tx.session, viewer, client_id)
        scope = storage.seen_by_member(viewer)
    place = WriteTarget(client, connections.find_current(tx.session, client_id))
    place.require_open_to(_author(tx))
    return place, scope


def _lock(tx: Transaction, scope: Scope, place: WriteTarget, entry_id: UUID) -> Entry:
    return storage.lock_entry(tx.session, scope, place.client.client_id, entry_id)


def _side(tx: Transaction) -> Side:
    return Side.CLIENT if _is_client(tx) else Side.FIRM


def _author(tx: Transaction) -> Writer:
    return Writer(_side(tx), tx.account_id, tx.actor.name, tx.now)


def _keep(tx: Transaction, entry: Entry, version: EntryVersion | None, place: WriteTarget) -> None:
    if version is not None:
        tx.session.flush()  # the entry first: the version points at it
        tx.session.add(version)
        tx.emit(said(entry, version, place.client))
