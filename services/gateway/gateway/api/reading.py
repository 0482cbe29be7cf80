"""What a program sends, read into a message's fields by what the document says of them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from werkzeug.exceptions import BadRequest as NotJson
from werkzeug.exceptions import UnsupportedMediaType
from werkzeug.wrappers import Request

from chassis.errors import BadRequest

Json = dict[str, Any]
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_ETAG = re.compile(r'"([0-9]{1,18})"')
_BOOLEANS = {"true": True, "false": False}


class MalformedHeader(BadRequest):
    """A header does not have the form that it has to have."""

    code = "malformed_header"


def from_query(request: Request, known: Mapping[str, Json]) -> Json:
    """Return the query's fields, converted as ``known`` (name -> JSON Schema) has it.

    What cannot be converted goes on as it is: its service says what is wrong with it. Raises
    BadRequest for one that is given twice and is no list.
    """
    fields: Json = {}
    for name, values in request.args.lists():
        schema = known.get(name, {})
        if schema.get("type") == "array":
            fields[name] = [converted(value, schema.get("items", {})) for value in values]
        elif len(values) > 1:
            wrong = {name[:100]: ["Given more than once."]}
            raise BadRequest("a parameter stands there twice", fields=wrong)
        else:
            fields[name] = converted(values[0], schema)
    return fields


def converted(value: str, schema: Json) -> Any:
    """Return a text of the query as the number or truth that its schema means."""
    if schema.get("type") == "integer" and _WHOLE.fullmatch(value):
        return int(value)
    if schema.get("type") == "boolean":
        return _BOOLEANS.get(value, value)
    return value


def from_body(request: Request) -> Json:
    """Return the JSON object of the body; nothing of none.

    Raises UnsupportedMediaType, NotJson.
    """
    body = request.get_data()
    if not body:
        return {}
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Send application/json.")
    try:
        fields = orjson.loads(body)
    except ValueError as error:
        raise NotJson("The body is not JSON.") from error
    if not isinstance(fields, dict):
        raise NotJson("The body is no JSON object.")
    return fields


def token(request: Request) -> str | None:
    """Return the bearer token, if one is sent."""
    sent = str(request.headers.get("Authorization", ""))
    kind, _, text = sent.partition(" ")
    return text.strip() or None if kind.lower() == "bearer" else None


def key(request: Request) -> str | None:
    """Return the idempotency key, if one is sent. Raises MalformedHeader."""
    sent: str | None = request.headers.get("Idempotency-Key")
    if sent is not None and not (0 < len(sent) <= 100 and sent.isascii() and sent.isprintable()):
        wrong = {"Idempotency-Key": ["1 to 100 printable ASCII characters."]}
        raise MalformedHeader("this is no idempotency key", fields=wrong)
    return sent


def version(request: Request) -> int | None:
    """Return the version that If-Match names, if it is sent. Raises MalformedHeader."""
    sent = request.headers.get("If-Match")
    if sent is None:
        return None
    found = _ETAG.fullmatch(sent)
    if found is None:
        wrong = {"If-Match": ['An ETag that was answered, such as "7".']}
        raise MalformedHeader("this is no ETag of ours", fields=wrong)
    return int(found[1])


def first_repeated(names: Sequence[str], fields: Json) -> str | None:
    """Return the first of ``names`` that the fields have, too."""
    return next((name for name in names if name in fields), None)
