"""Whoever would be refused as our copies of groups' members are late: they are fetched, once.

Joinings, roles and assignments are acted upon at once, also by others and through other processes
than the one that will hear the event. So before a client or a member is not found, groups is
asked who of the firm is new or was named, and what their event would do is done.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

from chassis.calls import Call
from chassis.errors import ChassisError, DeadlineExceeded, NotFound, Unavailable
from chassis.handling import with_retries
from chassis.schemas import load
from chassis.transactions import Transaction
from clients import schemas, storage
from clients.domain.errors import ClientNotFound, MemberCannotTakeClients, MemberNotFound
from clients.entrypoints.moving import arrive
from clients.membership import member_from

MAY_BE_LATE = {one.code for one in (ClientNotFound, MemberNotFound, MemberCannotTakeClients)}
NAMES = ("member_id", "assigned_member_id")
MOST = 200
SECONDS = 1.0  # that a refusal may wait for groups


def catch_up(service: Any, call: Call, request: dict[str, Any], refusal: ChassisError) -> bool:
    """Whether the refused request is worth another try: somebody it may be about is new.

    Also where that is known here by now: another process, or the event, may have just come first.
    The same is asked whether or not the id exists elsewhere. While groups is away what is known
    here stands.
    """
    account_id = (call.actor and call.actor.account_id) or request.get("account_id")
    if refusal.code not in MAY_BE_LATE or account_id is None:
        return False
    named = sorted({str(one) for one in _members_in(request)})[:MOST]
    with suppress(NotFound, Unavailable, DeadlineExceeded):
        answer = service.newcomers.list_newcomers(account_id=str(account_id), member_ids=named)
        found = load(schemas.Newcomers(), answer)
        with_retries(lambda: _take_over(service, found))
        return bool(found["members"])
    return False


def _take_over(service: Any, found: dict[str, Any]) -> None:
    with service.db.transaction() as tx:
        storage.project_firm(tx.session, found["firm"])
        for state in found["members"]:
            _learn(tx, state)


def _learn(tx: Transaction, state: dict[str, Any]) -> None:
    """Also of a member who is known here: who asked groups for it did not bring their clients."""
    member, left_firm_id = member_from(state), state["left_firm_id"]
    if left_firm_id is not None or not storage.knows(tx.session, member):
        arrive(tx, member, left_firm_id, state["firm_name"])


def _members_in(said: Any) -> Iterator[UUID]:
    """Every member that a request names, however deep."""
    if isinstance(said, list):
        for one in said:
            yield from _members_in(one)
    elif isinstance(said, dict):
        for name, value in said.items():
            if name in NAMES and value is not None:
                yield value
            else:
                yield from _members_in(value)
