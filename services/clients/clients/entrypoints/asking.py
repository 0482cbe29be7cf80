"""What the service notifications asks on behalf of a member that it has verified."""

from typing import Any

from chassis.auth import services
from chassis.messages import query
from clients import schemas, storage
from clients.domain.access import reasons
from clients.domain.errors import ClientNotFound
from clients.membership import sure_of_account

MAILER = services("notifications")


class Asking:
    """Messages of services; whom they ask for stands in the request."""

    settings: Any

    @query(schemas.GetAccess, reply=schemas.Access, callers=MAILER, prepare=sure_of_account)
    def get_access(self, tx, request):
        """The client and why this account may see it; client_not_found where it may not."""
        viewer = storage.find_viewer(tx.session, request["account_id"])
        if viewer is None:
            raise ClientNotFound("there is no such client")
        client = storage.get_client(tx.session, viewer, request["client_id"])
        return {
            "client_id": client.client_id,
            "firm_id": client.firm_id,
            "name": client.name,
            "member_id": viewer.member_id,
            "assigned_member_id": client.assigned_member_id,
            "connection": client.connection,
            "reasons": reasons(viewer, client),
        }

    @query(schemas.ListHome, reply=schemas.ClientPage, callers=MAILER, prepare=sure_of_account)
    def list_home(self, tx, request):
        """What list_clients answers this account."""
        viewer = storage.get_viewer(tx.session, request.pop("account_id"))
        country_code = self.settings["country_code"]
        return storage.list_clients(tx.session, viewer, country_code=country_code, **request)
