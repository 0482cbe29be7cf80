"""What any message may be refused with, whatever its service: the chassis' own codes."""

import inspect
from collections.abc import Iterable
from typing import Any

from chassis import errors
from chassis.bounds import MalformedRequest, MessageTooLarge, TooManyParts
from chassis.bus.wire import BusUnavailable
from chassis.commands import KeyReused
from chassis.dispatch import CallerNotAdmitted
from chassis.lanes import FirmBusy
from chassis.paging import InvalidCursor
from chassis.rpc.client import ConnectionLost, UnknownService
from chassis.rpc.server import ReplyTooLarge
from chassis.store import DatabaseUnavailable
from chassis.tokens import TokenExpired, TokenInvalid, TokenMissing

OF_ANY = (
    errors.BadRequest,
    errors.Conflict,
    errors.DeadlineExceeded,
    errors.Forbidden,
    errors.Internal,
    errors.NotFound,
    errors.RateLimited,
    errors.Unauthenticated,
    errors.Unavailable,
    BusUnavailable,
    CallerNotAdmitted,
    ConnectionLost,
    DatabaseUnavailable,
    FirmBusy,
    InvalidCursor,
    KeyReused,
    MalformedRequest,
    MessageTooLarge,
    ReplyTooLarge,
    TokenExpired,
    TokenInvalid,
    TokenMissing,
    TooManyParts,
    UnknownService,
)


def described(refusals: Iterable[type[errors.ChassisError]]) -> dict[str, Any]:
    """Return their kinds and what they mean, by code."""
    return {
        refusal.code: {"kind": refusal.kind, "description": _first_line(refusal)}
        for refusal in refusals
    }


def _first_line(refusal: type) -> str:
    return (inspect.getdoc(refusal) or "").partition("\n")[0]
