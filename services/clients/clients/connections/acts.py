"""The way from a mailed link to what it offers."""

from chassis.links import fingerprint
from chassis.transactions import Transaction
from clients.connections import storage
from clients.connections.connection import AccountConnection
from clients.records.client import Client

Held = tuple[Client, AccountConnection]


def lock_by_link(tx: Transaction, token: str) -> Held:
    """Return the connection that the link offers, if it still does, and its client, both held."""
    link = storage.get_link(tx.session, fingerprint(token))
    client, connection = storage.lock_connection(tx.session, link.connection_id)
    connection.refuse_again(tx.actor.account_id)
    connection.require_current(link, tx.now)
    return client, connection
