"""Whose clients a caller may look at: clients knows, and is asked before."""

from typing import Any
from uuid import UUID

from notifications.members.before import own_membership


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


def _row(row: dict[str, Any]) -> dict[str, Any]:
    assigned = row["assigned_member_id"]
    return {
        **row,
        "client_id": UUID(row["client_id"]),
        "assigned_member_id": UUID(assigned) if assigned else None,
    }
