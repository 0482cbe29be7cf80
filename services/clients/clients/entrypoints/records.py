"""Writing and reading client records."""

from typing import Any

from chassis.auth import PROFESSIONALS
from chassis.messages import command, query
from chassis.transactions import Transaction
from clients import schemas, storage
from clients.domain.access import Viewer
from clients.domain.assignment import require_assignable, require_writer
from clients.domain.client import Client
from clients.domain.details import Reading, read_details
from clients.domain.events import Status
from clients.membership import sure
from clients.phones import read_phone

works = sure(lambda viewer: viewer.works_on_clients)
writes = sure(lambda viewer: viewer.manages_records)


def reading(settings: Any, tx: Transaction, request: dict[str, Any]) -> Reading:
    """How this request's details are to be read."""
    country_code = request.get("country_code") or settings["country_code"]
    return Reading(country_code, tx.now.date(), read_phone)


class Records:
    """Messages about one client, and the home page."""

    settings: Any

    @command(schemas.CreateClient, reply=schemas.Client, callers=PROFESSIONALS)
    def create_client(self, tx, request):
        """Open a record; it is the caller's own client unless said otherwise (S5-56)."""
        viewer = require_writer(storage.enter_firm(tx.session, tx.actor.account_id))
        client = Client.open(
            read_details(request, reading(self.settings, tx, request)),
            request.get("status", Status.PROSPECT),
            self.settings["closed_clients"],
            client_id=tx.new_id(),
            firm_id=viewer.firm_id,
            assigned_member_id=_first_member(tx, viewer, request),
        )
        tx.session.add(client)
        tx.emit(client.created)
        return client

    @command(schemas.UpdateClient, reply=schemas.Client, callers=PROFESSIONALS)
    def update_client(self, tx, request):
        """Write the given fields; what is absent stays."""
        viewer = require_writer(storage.enter_firm(tx.session, tx.actor.account_id))
        client = storage.lock_client(tx.session, viewer, request["client_id"])
        client.require_version(request.get("version"))
        details = read_details(request, reading(self.settings, tx, request), onto=client.details)
        tx.emit(client.update(details, request.get("status"), self.settings["closed_clients"]))
        return client

    @query(schemas.OneClient, reply=schemas.Client, callers=PROFESSIONALS, prepare=works)
    def get_client(self, tx, request):
        """The record, if the caller may see it."""
        viewer = storage.get_viewer(tx.session, tx.actor.account_id)
        client = storage.get_client(tx.session, viewer, request["client_id"])
        return _shown(client, viewer)

    @query(schemas.ListClients, reply=schemas.ClientPage, callers=PROFESSIONALS, prepare=works)
    def list_clients(self, tx, request):
        """The home page: the clients the caller may see, by name; billing-only sees none."""
        viewer = storage.get_viewer(tx.session, tx.actor.account_id)
        country_code = self.settings["country_code"]
        return storage.list_clients(tx.session, viewer, country_code=country_code, **request)


def _first_member(tx: Transaction, viewer: Viewer, request: dict[str, Any]) -> Any:
    """Whose a new client is: the caller's own, or as an admin says."""
    member_id = request.get("assigned_member_id", viewer.member_id)
    if member_id is None or member_id == viewer.member_id:
        return member_id
    member = storage.hold_member(tx.session, viewer.firm_id, member_id)
    return require_assignable(member, by=viewer).member_id


def _shown(client: Client, viewer: Viewer) -> Any:
    """The record for this reader: a practitioner does not get the box for staff (S5-60)."""
    if viewer.manages_records:
        return client
    fields = [name for name in schemas.Client().fields if name != "additional_information"]
    return {name: getattr(client, name) for name in fields}
