"""What mails are about beside one id, and the order in which things about one subject came."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5


def jointly(one_id: UUID, other: object) -> UUID:
    """Return one subject made of two: an account's address, a person in a firm, a firm's day."""
    return uuid5(one_id, str(other))


def invitee(invited: Mapping[str, Any]) -> UUID:
    """Return the person in the firm that an invitation is to, whichever invitation it is."""
    return jointly(invited["firm_id"], invited["email"].casefold())


def order_of(made_id: UUID) -> int:
    """Return when the thing of this id was made, in milliseconds: ids, UUIDv7, begin with it."""
    return made_id.int >> 80


def until(invited: Mapping[str, Any]) -> int:
    """Return the rank of an invitation among those to one person: a later one ends later."""
    expires_at = invited["expires_at"]
    return int(expires_at.timestamp()) if expires_at else 0
