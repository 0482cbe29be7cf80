"""The few kinds of error that cross a border, each with a stable code and structured details.

A service raises a subclass that names its rule; what travels is the kind, the code, a sentence
and details, never a class path, so that a caller needs none of the callee's code.
"""

from typing import Any, ClassVar

import orjson

LONGEST_IN_LINES = 65_536  # characters of details that are said a second time, in a text


class ChassisError(Exception):
    """A refusal a caller can act on: ``kind`` says what sort, ``code`` says which rule."""

    kind: ClassVar[str] = "internal"
    code: str = "internal_error"

    def __init__(self, message: str = "", /, **details: Any) -> None:
        super().__init__(message)
        self.message = message or self.code.replace("_", " ")
        self.details = details

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class BadRequest(ChassisError):
    """The request itself is wrong; ``details["fields"]`` says per field what is."""

    kind = "bad_request"
    code = "invalid_request"


class AddressRefused(BadRequest):
    """A text with an @ in it that no mail can reach; ``details["fields"]`` says why."""

    code = "address_refused"


class Unauthenticated(ChassisError):
    """Nobody we know is asking: the token is missing, expired or false."""

    kind = "unauthenticated"
    code = "unauthenticated"


class Forbidden(ChassisError):
    """The caller is known and may not do this."""

    kind = "forbidden"
    code = "forbidden"


class NotFound(ChassisError):
    """There is no such thing, or none that this caller may know of."""

    kind = "not_found"
    code = "not_found"


class Conflict(ChassisError):
    """The request is fine, the state of things forbids it."""

    kind = "conflict"
    code = "conflict"


class RateLimited(ChassisError):
    """Too often; ``details["retry_after"]`` says in how many seconds to try again."""

    kind = "rate_limited"
    code = "rate_limited"


class Unavailable(ChassisError):
    """Something that is needed does not answer now; the same call may succeed later."""

    kind = "unavailable"
    code = "unavailable"


class DeadlineExceeded(ChassisError):
    """No answer in time: whether it was done is unknown, so repeat under the same key."""

    kind = "deadline_exceeded"
    code = "deadline_exceeded"


class Internal(ChassisError):
    """A fault of ours; what happened stands in the log under the call id, not here."""

    kind = "internal"
    code = "internal_error"


KINDS: dict[str, type[ChassisError]] = {
    cls.kind: cls
    for cls in (
        BadRequest,
        Unauthenticated,
        Forbidden,
        NotFound,
        Conflict,
        RateLimited,
        Unavailable,
        DeadlineExceeded,
        Internal,
    )
}


def to_wire(error: BaseException) -> dict[str, Any]:
    """Return what travels of ``error``: kind, code, message and details.

    Of an unforeseen one nothing does.
    """
    if not isinstance(error, ChassisError):
        error = Internal("the service failed; its log has the reason under this call's id")
    return {
        "kind": error.kind,
        "code": error.code,
        "message": error.message,
        "details": error.details,
        # all that a stock nameko caller gets, as attributes of its RemoteError
        "exc_type": KINDS[error.kind].__name__,
        "value": _in_lines(error),
    }


def _in_lines(error: ChassisError) -> str:
    """``code: sentence``, and on a second line the details as JSON, where there are any."""
    sentence = " ".join(str(error).split())
    if not error.details:
        return sentence
    details = orjson.dumps(error.details).decode()
    return f"{sentence}\n{details}" if len(details) <= LONGEST_IN_LINES else sentence


def from_wire(data: Any) -> ChassisError:
    """Return the error that a reply carries, as the class of its kind with the sender's code."""
    if not isinstance(data, dict):
        return Internal("an error that cannot be read")
    error = KINDS.get(str(data.get("kind")), Internal)(str(data.get("message") or ""))
    error.code = str(data.get("code") or error.code)
    details = data.get("details")
    error.details = details if isinstance(details, dict) else {}
    return error
