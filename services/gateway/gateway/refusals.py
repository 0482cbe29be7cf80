"""How a refusal of a service is told over HTTP: its status, and its words field by field."""

import math
from collections.abc import Mapping

from chassis.errors import ChassisError

STATUS: Mapping[str, int] = {
    "bad_request": 422,
    "unauthenticated": 401,
    "forbidden": 403,
    "not_found": 404,
    "conflict": 409,
    "rate_limited": 429,
    "internal": 500,
    "unavailable": 503,
    "deadline_exceeded": 504,
}


def status_of(error: ChassisError) -> int:
    """Return the HTTP status of a refusal; 500 for a kind that is not known here."""
    return STATUS.get(error.kind, 500)


def retry_after(error: ChassisError) -> int | None:
    """Return in how many seconds to try again, if the refusal says so or may pass by itself."""
    told = told_wait(error)
    if told is not None:
        return told
    return 5 if error.kind == "unavailable" else None


def told_wait(error: ChassisError) -> int | None:
    """Return how many whole seconds the refusal says to wait, if it does."""
    told = error.details.get("retry_after")
    return max(1, math.ceil(told)) if isinstance(told, int | float) else None


def by_field(error: ChassisError) -> dict[str, list[str]]:
    """Return what is wrong per field, as ``people.0.email``; empty where it is no field's fault."""
    found = error.details.get("fields")
    if not isinstance(found, Mapping):
        return {}
    return {str(name): [str(text) for text in texts] for name, texts in found.items()}
