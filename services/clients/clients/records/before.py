"""Whoever would be refused as our copies of groups' members are late: they are fetched, once.

Joinings, roles and assignments are acted upon at once, also by others and through other processes
than the one that will hear the event. So before a client or a member is not found, groups is
asked who of the firm is new or was named, and what their event would do is done.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from chassis.calls import Call
from chassis.errors import ChassisError, DeadlineExceeded, NotFound, Unavailable
from chassis.schemas import load
from clients.members import schemas as member_schemas
from clients.members.before import ask, looked_up, refresh_viewer_unless, take_over
from clients.members.errors import MemberNotFound, MembershipNotReady, NoMembership
from clients.records.errors import (
    CannotManageRecords,
    CannotWorkOnClients,
    ClientNotFound,
    MemberCannotTakeClients,
    OnlyAdminsReassign,
)

works = refresh_viewer_unless(lambda viewer: viewer.works_on_clients)
looks = looked_up(lambda viewer: viewer.works_on_clients)
writes = refresh_viewer_unless(lambda viewer: viewer.manages_records)

MAY_BE_LATE = {one.code for one in (ClientNotFound, MemberNotFound, MemberCannotTakeClients)}
OF_THE_CALLER = {
    one.code
    for one in (
        NoMembership,
        MembershipNotReady,
        CannotWorkOnClients,
        CannotManageRecords,
        OnlyAdminsReassign,
    )
}
NAMES = ("member_id", "assigned_member_id")
MOST = 200
SECONDS = 1.0  # that a refusal may wait for groups


def catch_up(service: Any, call: Call, request: dict[str, Any], refusal: ChassisError) -> bool:
    """Return whether the refused request is worth another try: somebody it may be about is new.

    Also where that is known here by now: another process, or the event, may have just come first.
    The same is asked whether or not the id exists elsewhere. Raises MembershipNotReady while
    groups does not answer: nobody knows then whether it is there.
    """
    account_id = (call.actor and call.actor.account_id) or request.get("account_id")
    if account_id is None:
        return False
    if refusal.code in OF_THE_CALLER:
        return ask(service, account_id)
    if refusal.code not in MAY_BE_LATE:
        return False
    named = sorted({str(one) for one in _members_in(request)})[:MOST]
    try:
        answer = service.newcomers.list_newcomers(account_id=str(account_id), member_ids=named)
    except NotFound:
        return False
    except (Unavailable, DeadlineExceeded) as away:
        raise MembershipNotReady("it cannot be told whether that is new: try again") from away
    found = load(member_schemas.Newcomers(), answer)
    take_over(service, found["firm"], found["members"])
    return bool(found["members"])


def _members_in(said: Any) -> Iterator[UUID]:
    """Yield every member that a request names, however deep."""
    if isinstance(said, list):
        for one in said:
            yield from _members_in(one)
    elif isinstance(said, dict):
        for name, value in said.items():
            if name in NAMES and value is not None:
                yield value
            else:
                yield from _members_in(value)
