"""Before a connection is asked for or answered: who does, as identity vouches for it."""

from contextlib import suppress
from typing import Any

from chassis.errors import DeadlineExceeded, NotFound, Unavailable
from chassis.limits import MailLimits
from chassis.preparing import alters
from chassis.projections import ask_owner
from chassis.schemas import load
from clients.connections import schemas
from clients.connections.owner import Owner, require_verified
from clients.members import schemas as member_schemas
from clients.records.before import writes


@alters(adds={"owner": Owner})
def vouched(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Return the request with its ``owner``.

    A token may be older than the verification of its address; then identity is asked, once.
    """
    return {**request, "owner": _owner(service, call)}


@alters(adds={"owner": Owner, "limits": MailLimits})
def asking(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Return the request with who asks, verified, and what may be mailed today.

    Raises EmailNotVerified: whose mailbox is not proven lets no mail leave to others.
    """
    request = writes(service, call, request)
    owner = _owner(service, call)
    require_verified(owner)
    return {**request, "owner": owner, "limits": _limits(service, owner)}


def _limits(service: Any, owner: Owner) -> MailLimits:
    """Return the limits by what groups says was paid for; with groups away, as if nothing were."""
    bought = 0
    with suppress(NotFound, Unavailable, DeadlineExceeded):
        answer = service.groups.get_membership(account_id=str(owner.account_id))
        bought = load(member_schemas.Membership(), answer)["licenses_bought"]
    return MailLimits.of(service.settings, bought)


def _owner(service: Any, call: Any) -> Owner:
    actor = call.actor
    owner = Owner(actor.account_id, actor.name, actor.email, actor.verified)
    if not owner.verified:
        account = ask_owner(
            lambda: service.identity.get_account(account_id=str(actor.account_id)), schemas.Account
        )
        if account is not None:
            owner = Owner(
                actor.account_id, account["name"], account["email"], account["email_verified"]
            )
    return owner
