"""Refusals as RFC 9457 problems, with a JSON pointer per field."""

from collections.abc import Iterator
from typing import Any

import orjson
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from chassis.errors import ChassisError
from gateway.refusals import by_field, retry_after, status_of

CONTENT_TYPE = "application/problem+json"
REFERENCE = "/api/problems#"
_SAID = frozenset({"fields", "retry_after"})  # details that stand elsewhere in a problem


def of_refusal(error: ChassisError) -> Response:
    """Return what a service refused."""
    status = status_of(error)
    body: dict[str, Any] = {
        "type": f"{REFERENCE}{error.code}",
        "title": error.code.replace("_", " ").capitalize(),
        "status": status,
        "detail": error.message,
        "code": error.code,
    }
    if errors := list(_errors(error)):
        body["errors"] = errors
    if details := {name: said for name, said in error.details.items() if name not in _SAID}:
        body["details"] = details
    response = Response(orjson.dumps(body), status, content_type=CONTENT_TYPE)
    if seconds := retry_after(error):
        response.headers["Retry-After"] = str(seconds)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def of_http(error: HTTPException) -> Response:
    """Return what HTTP itself refuses: no such path, another verb, too large, not JSON."""
    status = error.code or 500
    title = error.name
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": error.description or title,
        "code": title.lower().replace(" ", "_"),
    }
    response = Response(orjson.dumps(body), status, content_type=CONTENT_TYPE)
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _errors(error: ChassisError) -> Iterator[dict[str, str]]:
    for name, texts in by_field(error).items():
        pointer = "/" + name.replace("~", "~0").replace("/", "~1").replace(".", "/")
        for text in texts:
            yield {"pointer": pointer, "detail": text}
