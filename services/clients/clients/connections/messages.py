"""Tying a client's own account to a record, by consent of both."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.addresses import address_key
from chassis.auth import CLIENTS, PROFESSIONALS, PUBLIC, services
from chassis.database import BoundDatabase
from chassis.due import for_each_due
from chassis.ids import new_token
from chassis.limits import MailLimits, MailSender, count_mails
from chassis.links import fingerprint
from chassis.messages import command, job, on_event, query
from chassis.transactions import Transaction
from clients.connections import lists_storage, schemas, storage
from clients.connections.acts import Held, lock_by_link
from clients.connections.before import asking, vouched
from clients.connections.connection import AccountConnection, Asking, Stage
from clients.connections.errors import NotConnected
from clients.connections.events import RequestedBy, Side
from clients.connections.owner import Owner
from clients.members import schemas as member_schemas
from clients.members import storage as members
from clients.members.viewer import Viewer
from clients.records import storage as records
from clients.records.access import reasons
from clients.records.before import looks, writes
from clients.records.permissions import require_writer

MAILER = services("notifications")


class Connections:
    """Messages about connections: the firm's side, the client's, and the mail between them."""

    settings: Any

    @command(
        schemas.RequestConnection,
        reply=schemas.FirmsConnection,
        callers=PROFESSIONALS,
        prepare=asking,
    )
    def request_connection(
        self,
        tx: Transaction,
        client_id: UUID,
        email: str,
        name: str | None,
        message: str | None,
        owner: Owner,
        limits: MailLimits,
    ) -> dict[str, Any]:
        """Ask whoever has this address; again renews it and kills older links (S1-75).

        Nobody looks whether the address has an account, so the answer cannot tell it (T18).
        """
        viewer = require_writer(members.lock_own_firm(tx.session, tx.account_id))
        client = records.lock_client(tx.session, viewer, client_id)
        by = RequestedBy(owner.name, owner.email, email_verified=True)
        until = tx.now + timedelta(days=self.settings["connection_days"])
        asker = viewer.member_id
        asked = Asking(email, message or None, by, tx.now, until, member_id=asker, name=name)
        firm_name = members.name_of_firm(tx.session, client.firm_id)
        connection = storage.find_current(tx.session, client.client_id)
        if connection is None:
            connection, said = AccountConnection.request(tx.new_id(), client, firm_name, asked)
            tx.session.add(connection)
        else:
            said = [connection.request_again(client, firm_name, asked)]
        sender = MailSender(tx.account_id, client.firm_id)
        addresses = {address_key(asked.email)}
        count_mails(tx.session, tx.now, sender, addresses, limits)
        tx.emit(said)
        return storage.firm_sees(connection, client.name)

    @command(
        schemas.OneConnection, reply=schemas.FirmsConnection, callers=PROFESSIONALS, prepare=writes
    )
    def withdraw_connection(self, tx: Transaction, connection_id: UUID) -> dict[str, Any]:
        """Take a request back: its link accepts nothing any more."""
        client, connection = _lock_own(tx, connection_id)
        tx.emit(connection.withdraw(client))
        return storage.firm_sees(connection, client.name)

    @command(
        schemas.OneConnection, reply=schemas.FirmsConnection, callers=PROFESSIONALS, prepare=writes
    )
    def end_connection(self, tx: Transaction, connection_id: UUID) -> dict[str, Any]:
        """End it for the firm; both sides keep what was shared until now, to read (Q9)."""
        client, connection = _lock_own(tx, connection_id)
        tx.emit(connection.end(client, Side.FIRM, tx.now))
        return storage.firm_sees(connection, client.name)

    @query(
        schemas.ListFirmsConnections,
        reply=schemas.FirmsConnectionPage,
        callers=PROFESSIONALS,
        prepare=looks,
    )
    def list_connections(
        self,
        tx: Transaction,
        viewer: Viewer,
        client_id: UUID | None,
        cursor: str | None,
        limit: int,
    ) -> dict[str, Any]:
        """Return, of the clients the caller may see, who is asked, who is connected, who was."""
        return lists_storage.list_connections(
            tx.session, viewer, client_id=client_id, cursor=cursor, limit=limit
        )

    @command(schemas.OneConnection, reply=schemas.IssuedConnectionLink, callers=MAILER)
    def issue_connection_link(self, tx: Transaction, connection_id: UUID) -> dict[str, Any]:
        """Make a token for one mail and return it; only its hash is kept."""
        client, connection = storage.lock_connection(tx.session, connection_id)
        token = new_token()
        tx.session.add(connection.issue_link(token, tx.now))
        offered = _offered(tx, connection) | {"client_name": client.name}
        return {"token": token, **offered}

    @query(schemas.ConnectionToken, reply=schemas.OfferedConnection, callers=PUBLIC)
    def open_connection(self, tx: Transaction, token: str) -> dict[str, Any]:
        """Return what the link offers. Opening spends nothing: mail scanners open links too."""
        link = storage.get_link(tx.session, fingerprint(token))
        connection = storage.get_connection(tx.session, link.connection_id)
        connection.refuse_again(tx.actor.account_id)
        connection.require_current(link, tx.now)
        return _offered(tx, connection)

    @command(
        schemas.ConnectionToken, reply=schemas.DeclinedConnection, callers=CLIENTS, prepare=vouched
    )
    def decline_connection(self, tx: Transaction, token: str, owner: Owner) -> dict[str, Any]:
        """Say no; the firm sees that it is not connected, and nothing else (Q8)."""
        client, connection = lock_by_link(tx, token)
        tx.emit(connection.decline(client, owner))
        return storage.client_sees(connection)

    @command(schemas.OneConnection, reply=schemas.ClientsConnection, callers=CLIENTS)
    def end_my_connection(self, tx: Transaction, connection_id: UUID) -> dict[str, Any]:
        """End it for the client; both sides keep what was shared until now, to read (Q9)."""
        storage.require_accounts_own(tx.session, tx.account_id, connection_id)
        client, connection = storage.lock_connection(tx.session, connection_id)
        tx.emit(connection.end(client, Side.CLIENT, tx.now))
        return storage.client_sees(connection)

    @query(schemas.ListConnections, reply=schemas.ClientsConnectionPage, callers=CLIENTS)
    def list_my_connections(
        self, tx: Transaction, cursor: str | None, limit: int
    ) -> dict[str, Any]:
        """Return the records that the caller's account is or was connected with, in any firm."""
        return lists_storage.list_of_account(tx.session, tx.account_id, cursor=cursor, limit=limit)

    @query(schemas.ExplainMyAccess, reply=schemas.MyAccessPage, callers=CLIENTS)
    def explain_my_access(
        self, tx: Transaction, client_id: UUID, cursor: str | None, limit: int
    ) -> dict[str, Any]:
        """Return who in the firm may see what the caller shares with it, and why.

        Of the firm's members no others are told; so a page may hold fewer than asked for.
        """
        tie = lists_storage.get_tie(tx.session, tx.account_id, client_id)
        if tie["connection"] is not Stage.CONNECTED:
            raise NotConnected("this connection has ended")
        client = records.get_any_client(tx.session, client_id)
        found = members.list_members(tx.session, client.firm_id, limit, cursor)
        found["items"] = [
            {"name": name, "role": member.role, "reasons": why}
            for name, member in found["items"]
            if (why := reasons(member, client))
        ]
        return tie | found

    @job(every=30, by_clock=True)
    def end_unanswered_requests(self, db: BoundDatabase) -> None:
        """End requests whose time is over: the record is left as it stood before them."""
        for_each_due(db, storage.overdue_requests, _expire)

    @on_event("groups", "firm_closed.v1", member_schemas.FirmState)
    def on_firm_closed(self, tx: Transaction, **firm: Any) -> None:
        """Withdraw the requests of a closed firm and end its connections: nobody is left in it."""
        members.project_firm(tx.session, firm)
        for connection_id in storage.current_of_firm(tx.session, firm["firm_id"]):
            client, connection = storage.lock_connection(tx.session, connection_id)
            tx.emit(connection.give_up(client, Side.FIRM, tx.now))

    @on_event("identity", "account_changed.v1", schemas.AccountState)
    def on_account_changed(self, tx: Transaction, **account: Any) -> None:
        """Show the firms a client's account under its present name."""
        storage.follow_account(tx.session, account)

    @on_event("identity", "email_changed.v1", schemas.AccountState)
    def on_email_changed(self, tx: Transaction, **account: Any) -> None:
        """Have mails about a connection go to the address that is proven now."""
        storage.follow_account(tx.session, account)

    @on_event("identity", "account_closed.v1", schemas.AccountClosed)
    def on_account_closed(self, tx: Transaction, account_id: UUID) -> None:
        """End a closed account's connections: the firms keep what was shared, to read (Q9)."""
        for connection_id in storage.current_of_account(tx.session, account_id):
            client, connection = storage.lock_connection(tx.session, connection_id)
            tx.emit(connection.give_up(client, Side.CLIENT, tx.now))


def _expire(tx: Transaction, connection_id: UUID) -> None:
    client, connection = storage.lock_connection(tx.session, connection_id)
    tx.emit(connection.expire(client, tx.now))


def _offered(tx: Transaction, connection: AccountConnection) -> dict[str, Any]:
    """Return what is asked for as it is now: by the firm holding the record, and who asks for it.

    Where who asked has left, the firm asks: without an address, without their message.
    """
    holder = storage.name_of_holder(tx.session, connection.client_id) or connection.firm_name
    offered = {**vars(connection), "firm_name": holder}
    if not storage.asks_still(tx.session, connection):
        offered |= {"requested_by_name": holder, "requested_by_email": None, "message": None}
    return offered


def _lock_own(tx: Transaction, connection_id: UUID) -> Held:
    """Return a connection of a client that the caller may see and write, both held."""
    viewer = require_writer(members.lock_own_firm(tx.session, tx.account_id))
    storage.require_firms_own(tx.session, viewer, connection_id)
    return storage.lock_connection(tx.session, connection_id)
