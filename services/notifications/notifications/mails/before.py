"""Who may look at a firm's mails: those who manage its members (Q13)."""

from typing import Any
from uuid import UUID

from chassis.errors import NotFound
from chassis.preparing import alters
from notifications.mails.errors import NotAllowedToSeeMails
from notifications.members import storage as members
from notifications.members.roles import MANAGERS


@alters(adds={"firm_id": UUID})
def of_own_firm(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Return ``request`` with the ``firm_id`` whose mails the caller may see.

    Before it is refused, groups is asked: what is known here may lag. Raises NotAllowedToSeeMails.
    """
    account_id = call.actor.account_id
    with service.db.transaction(read_only=True) as tx:
        membership = members.find_membership(tx.session, account_id)
    if not _manages(membership):
        membership = _ask_groups(service, account_id)
    if membership is None or not _manages(membership):
        raise NotAllowedToSeeMails("only those who manage members see the firm's mails")
    return {**request, "firm_id": membership["firm_id"]}


def _ask_groups(service: Any, account_id: Any) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = service.groups.get_membership(account_id=str(account_id))
    except NotFound:
        return None
    return {**found, "firm_id": UUID(found["firm_id"])}


def _manages(membership: dict[str, Any] | None) -> bool:
    return membership is not None and membership["role"] in MANAGERS
