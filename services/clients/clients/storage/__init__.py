"""Tables clients owns, and every query clients runs on them."""

from clients.storage.home import list_clients
from clients.storage.imports import earlier_rows, known_clients, record_rows
from clients.storage.projections import project_firm, project_member
from clients.storage.records import (
    get_client,
    lock_client,
    lock_clients_of_firm,
    lock_clients_of_member,
)
from clients.storage.tables import metadata
from clients.storage.viewers import (
    enter_firm,
    find_viewer,
    get_member,
    get_viewer,
    hold_member,
    list_members,
    lock_firm,
    members_by_email,
)

__all__ = [
    "earlier_rows",
    "enter_firm",
    "find_viewer",
    "get_client",
    "get_member",
    "get_viewer",
    "hold_member",
    "known_clients",
    "list_clients",
    "list_members",
    "lock_client",
    "lock_clients_of_firm",
    "lock_clients_of_member",
    "lock_firm",
    "members_by_email",
    "metadata",
    "project_firm",
    "project_member",
    "record_rows",
]
