"""Whose clients a caller may look at: clients and groups know, and are asked before."""

from typing import Any
from uuid import UUID

from chassis.errors import NotFound
from notifications import storage
from notifications.domain.bell import CONNECTED
from notifications.domain.errors import NoMembership


def to_client(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """``request`` with the caller's ``member_id`` and whose client it is, as clients says.

    Raises what clients answers: client_not_found for one that the caller may not see.
    """
    found = service.clients.get_access(
        account_id=str(call.actor.account_id), client_id=str(request["client_id"])
    )
    assigned = found["assigned_member_id"]
    known = {
        "member_id": UUID(found["member_id"]),
        "assigned_member_id": UUID(assigned) if assigned else None,
    }
    if "limit" not in request:
        known |= {"firm_id": UUID(found["firm_id"]), "client_name": found["name"]}
    return {**request, **known}


def home_page(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """The page that clients answers, and the caller's ``member_id`` (None: of no firm)."""
    asked = {name: value for name, value in request.items() if value is not None}
    found = service.clients.list_home(account_id=str(call.actor.account_id), **asked)
    rows = [_row(row) for row in found["items"]]
    member_id = own_membership(service, call, {})["member_id"] if rows else None
    return {"items": rows, "next_cursor": found["next_cursor"], "member_id": member_id}


def own_membership(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """``request`` with ``firm_id``, ``member_id`` and ``role``; groups is asked if none is known.

    Raises NoMembership.
    """
    account_id = call.actor.account_id
    with service.db.transaction(read_only=True) as tx:
        known = storage.find_membership(tx.session, account_id)
    if known is None:
        known = _ask_groups(service, account_id)
    names = ("firm_id", "member_id", "role")
    return {**request, **{name: known[name] for name in names}}


def is_own(row: dict[str, Any], member_id: UUID | None) -> bool:
    """Whether the home page's row is the member's own linked client (S1-82)."""
    return row["assigned_member_id"] == member_id and row["connection"] == CONNECTED


def _ask_groups(service: Any, account_id: UUID) -> dict[str, Any]:
    try:
        found: dict[str, Any] = service.groups.get_membership(account_id=str(account_id))
    except NotFound as error:
        raise NoMembership("this account is in no firm") from error
    return {**found, "firm_id": UUID(found["firm_id"]), "member_id": UUID(found["member_id"])}


def _row(row: dict[str, Any]) -> dict[str, Any]:
    assigned = row["assigned_member_id"]
    return {
        **row,
        "client_id": UUID(row["client_id"]),
        "assigned_member_id": UUID(assigned) if assigned else None,
    }
