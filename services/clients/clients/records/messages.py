"""Writing and reading client records, and who may see them."""

from typing import Any
from uuid import UUID

from chassis.auth import PROFESSIONALS, services
from chassis.messages import command, query
from chassis.transactions import Transaction
from clients.members import storage as members
from clients.members.before import look_up_account, refresh_viewer_asked_for
from clients.members.viewer import Viewer
from clients.records import home_storage, schemas, storage
from clients.records.access import reasons
from clients.records.acts import reading
from clients.records.before import looks
from clients.records.client import Client
from clients.records.details import read_details
from clients.records.errors import ClientNotFound
from clients.records.events import Status
from clients.records.permissions import require_assignable, require_writer

MAILER = services("notifications")
_FIELDS = tuple(schemas.Client().fields)


class Records:
    """Messages about one client, the home page, and who sees what."""

    settings: Any

    @command(schemas.CreateClient, reply=schemas.Client, callers=PROFESSIONALS)
    def create_client(
        self,
        tx: Transaction,
        status: Status = Status.PROSPECT,
        country_code: str | None = None,
        **details: Any,
    ) -> Client:
        """Open a record; it is the caller's own client unless said otherwise (S5-56)."""
        viewer = require_writer(members.lock_own_firm(tx.session, tx.account_id))
        client = Client.open(
            read_details(details, reading(self.settings, tx, country_code)),
            status,
            self.settings["closed_clients"],
            client_id=tx.new_id(),
            firm_id=viewer.firm_id,
            assigned_member_id=_first_member(tx, viewer, details),
        )
        tx.session.add(client)
        tx.emit(client.created)
        return client

    @command(schemas.UpdateClient, reply=schemas.Client, callers=PROFESSIONALS)
    def update_client(
        self,
        tx: Transaction,
        client_id: UUID,
        version: int | None = None,
        status: Status | None = None,
        country_code: str | None = None,
        **details: Any,
    ) -> Client:
        """Write the given fields; what is absent stays."""
        viewer = require_writer(members.lock_own_firm(tx.session, tx.account_id))
        client = storage.lock_client(tx.session, viewer, client_id)
        client.require_version(version)
        how = reading(self.settings, tx, country_code)
        written = read_details(details, how, onto=client.details)
        tx.emit(client.update(written, status, self.settings["closed_clients"]))
        return client

    @query(schemas.OneClient, reply=schemas.NamedClient, callers=PROFESSIONALS, prepare=looks)
    def get_client(self, tx: Transaction, viewer: Viewer, client_id: UUID) -> dict[str, Any]:
        """Return the record, if the caller may see it, and the name of whose it is."""
        client, name = storage.get_named_client(tx.session, viewer, client_id)
        return _shown(client, viewer) | {"assigned_member_name": name}

    @query(schemas.ListClients, reply=schemas.ClientPage, callers=PROFESSIONALS, prepare=looks)
    def list_clients(
        self,
        tx: Transaction,
        viewer: Viewer,
        search: str | None,
        assigned_to: str | None,
        cursor: str | None,
        limit: int,
    ) -> dict[str, Any]:
        """Return the home page: the clients the caller may see, by name; billing-only sees none."""
        country_code = self.settings["country_code"]
        return home_storage.list_clients(
            tx.session,
            viewer,
            country_code=country_code,
            search=search,
            assigned_to=assigned_to,
            cursor=cursor,
            limit=limit,
        )

    @query(schemas.ExplainAccess, reply=schemas.AccessPage, callers=PROFESSIONALS, prepare=looks)
    def explain_access(
        self,
        tx: Transaction,
        viewer: Viewer,
        client_id: UUID,
        member_id: UUID | None,
        cursor: str | None,
        limit: int,
    ) -> dict[str, Any]:
        """Return why one member, or each, may see a client that the caller may see."""
        client = storage.get_client(tx.session, viewer, client_id)
        found = members.list_members(tx.session, viewer.firm_id, limit, cursor, only=member_id)
        found["items"] = [
            {"member_id": member.member_id, "name": name, "reasons": reasons(member, client)}
            for name, member in found["items"]
        ]
        return found | {"client_name": client.name}

    @query(
        schemas.GetAccess, reply=schemas.Access, callers=MAILER, prepare=refresh_viewer_asked_for
    )
    def get_access(self, tx: Transaction, account_id: UUID, client_id: UUID) -> dict[str, Any]:
        """Return the client and why this account may see it; client_not_found where it may not."""
        viewer = members.find_viewer(tx.session, account_id)
        if viewer is None:
            raise ClientNotFound("there is no such client")
        client = storage.get_client(tx.session, viewer, client_id)
        return {
            "client_id": client.client_id,
            "firm_id": client.firm_id,
            "name": client.name,
            "member_id": viewer.member_id,
            "assigned_member_id": client.assigned_member_id,
            "connection": client.connection,
            "reasons": reasons(viewer, client),
        }

    @query(schemas.ListHome, reply=schemas.ClientPage, callers=MAILER, prepare=look_up_account)
    def list_home(
        self,
        tx: Transaction,
        search: str | None,
        assigned_to: str | None,
        viewer: Viewer,
        cursor: str | None,
        limit: int,
    ) -> dict[str, Any]:
        """Return what list_clients answers this account."""
        country_code = self.settings["country_code"]
        return home_storage.list_clients(
            tx.session,
            viewer,
            country_code=country_code,
            search=search,
            assigned_to=assigned_to,
            cursor=cursor,
            limit=limit,
        )


def _first_member(tx: Transaction, viewer: Viewer, details: dict[str, Any]) -> Any:
    """Return whose a new client is: the caller's own, or as an admin says."""
    member_id = details.get("assigned_member_id", viewer.member_id)
    if member_id is None or member_id == viewer.member_id:
        return member_id
    member = members.lock_member(tx.session, viewer.firm_id, member_id)
    return require_assignable(member, by=viewer).member_id


def _shown(client: Client, viewer: Viewer) -> dict[str, Any]:
    """Return the record for this reader: a practitioner does not get the box for staff (S5-60)."""
    hidden = () if viewer.manages_records else ("additional_information",)
    return {name: getattr(client, name) for name in _FIELDS if name not in hidden}
