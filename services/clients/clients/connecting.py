"""Before a client answers a request: who they are, as identity vouches for it."""

from contextlib import suppress
from typing import Any

from chassis.errors import NotFound
from chassis.schemas import load
from clients import schemas
from clients.domain.connection import Owner


def vouched(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """A preparation: the request with its ``owner``.

    A token may be older than the verification of its address; then identity is asked, once.
    """
    actor = call.actor
    owner = Owner(actor.account_id, actor.name, actor.email, actor.verified)
    if not owner.verified:
        with suppress(NotFound):
            answer = service.identity.get_account(account_id=str(actor.account_id))
            account = load(schemas.Account(), answer)
            owner = Owner(
                actor.account_id, account["name"], account["email"], account["email_verified"]
            )
    return {**request, "owner": owner}
