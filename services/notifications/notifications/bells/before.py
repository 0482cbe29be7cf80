"""Whose clients a caller may look at: clients knows, and is asked before."""

from typing import Any
from uuid import UUID

from chassis.preparing import alters
from notifications.members.before import own_membership


@alters(drops={"client_id"}, adds={"client": dict[str, Any], "member_id": UUID})
def to_bell(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Return the ``client`` as a bell of its own needs it, and the caller's ``member_id``.

    Raises what clients answers: client_not_found for one that the caller may not see.
    """
    others = {name: value for name, value in request.items() if name != "client_id"}
    found = _access(service, call, request["client_id"])
    return {**others, "member_id": found.pop("member_id"), "client": found}


def _access(service: Any, call: Any, client_id: UUID) -> dict[str, Any]:
    found = service.clients.get_access(
        account_id=str(call.actor.account_id), client_id=str(client_id)
    )
    assigned = found["assigned_member_id"]
    return {
        "client_id": client_id,
        "client_name": found["name"],
        "firm_id": UUID(found["firm_id"]),
        "member_id": UUID(found["member_id"]),
        "assigned_member_id": UUID(assigned) if assigned else None,
    }


@alters(
    drops={"search", "assigned_to", "cursor", "limit"},
    adds={"items": list[dict[str, Any]], "next_cursor": str | None, "member_id": UUID | None},
)
def home_page(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Return the page that clients answers, and the caller's ``member_id`` (None: of no firm)."""
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
