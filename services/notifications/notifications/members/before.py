"""What is asked of groups: who the caller is where that is not known here yet, and addresses."""

from typing import Any
from uuid import UUID

from chassis.errors import NotFound
from chassis.preparing import alters
from notifications.members import storage
from notifications.members.errors import NoMembership

ASKED_AT_ONCE = 50


@alters(adds={"firm_id": UUID, "member_id": UUID, "role": str})
def own_membership(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Return ``request`` with ``firm_id``, ``member_id``, ``role``; groups is asked if unknown.

    Raises NoMembership.
    """
    account_id = call.actor.account_id
    with service.db.transaction(read_only=True) as tx:
        known = storage.find_membership(tx.session, account_id)
    if known is None:
        known = _ask_groups(service, account_id)
    names = ("firm_id", "member_id", "role")
    return {**request, **{name: known[name] for name in names}}


def reach_members(db: Any, groups: Any) -> None:
    """Fill in names and addresses that were not kept at first (0025).

    One that groups knows no more stays empty.
    """
    with db.transaction(read_only=True) as tx:
        unreached = storage.list_unreached(tx.session, ASKED_AT_ONCE)
    for member in unreached:
        name, email = _ask(groups, member)
        with db.transaction() as tx:
            storage.reach_member(tx.session, member.member_id, name, email)


def _ask_groups(service: Any, account_id: UUID) -> dict[str, Any]:
    try:
        found: dict[str, Any] = service.groups.get_membership(account_id=str(account_id))
    except NotFound as error:
        raise NoMembership("this account is in no firm") from error
    return {**found, "firm_id": UUID(found["firm_id"]), "member_id": UUID(found["member_id"])}


def _ask(groups: Any, member: Any) -> tuple[str, str]:
    try:
        found = groups.get_membership(account_id=str(member.account_id))
    except NotFound:
        return "", ""
    return found["name"], found["email"]
