"""Addresses of members whom groups told of before they were kept here (0025)."""

from typing import Any

from chassis.errors import NotFound
from notifications import storage

ASKED_AT_ONCE = 50


def reach_members(db: Any, groups: Any) -> None:
    """Fill in names and addresses that are missing; one that groups knows no more stays empty."""
    with db.transaction(read_only=True) as tx:
        unreached = storage.list_unreached(tx.session, ASKED_AT_ONCE)
    for member in unreached:
        name, email = _ask(groups, member)
        with db.transaction() as tx:
            storage.reach_member(tx.session, member.member_id, name, email)


def _ask(groups: Any, member: Any) -> tuple[str, str]:
    try:
        found = groups.get_membership(account_id=str(member.account_id))
    except NotFound:
        return "", ""
    return found["name"], found["email"]
