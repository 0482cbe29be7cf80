"""The OpenAPI document, made from the table of routes and the services' contracts.

It is written by ``chambers contracts`` and read when the gateway starts: what a field of the query
has to become, and what a program may read.
"""

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gateway.api.reading import MalformedHeader
from gateway.api.routes import PREFIX, ROUTES, Route
from gateway.refusals import STATUS

Json = dict[str, Any]
FIELD = re.compile(r"\{(\w+)\}")
_REFERENCE = "#/components/schemas/"
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Under the same key a command is done once, and answered the same.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[!-~]+$"},
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "description": "The ETag that was read: stands for the body's ``version``.",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,18}"$'},
}
PROBLEM: Json = {
    "type": "object",
    "description": "A refusal (RFC 9457). `code` is stable; `errors` says per field what is wrong.",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
        "details": {"type": "object"},
    },
}
_TELLS = (("version", "ETag"), ("next_cursor", "Link"))  # what of a reply stands in a header, too
_TITLES = {
    400: "The request is no request: not JSON, or not an object.",
    401: "No token, or one that is over.",
    403: "Not for this caller.",
    404: "No such thing, or none that the caller may know of.",
    409: "The state of things forbids it.",
    413: "The body is too large.",
    415: "The body is not application/json.",
    422: "Something in the request is wrong; `errors` says what.",
    429: "Too often; `Retry-After` says when to try again.",
    503: "Something does not answer now; try again under the same key.",
    504: "No answer in time: repeat under the same key.",
}


def document(contracts: Mapping[str, Json], version: str, refusals: Json) -> Json:
    """Return the document for the services' contracts (AsyncAPI documents by service).

    ``refusals`` are those of any message, as ``x-errors`` has a service's own.
    """
    schemas: dict[str, Json] = {"Problem": PROBLEM}
    paths: dict[str, Json] = {}
    for route in ROUTES:
        contract = contracts[route.service]
        operation = {"operationId": _name(route), **_operation(route, contract)}
        paths.setdefault(PREFIX + route.path, {})[route.verb.lower()] = operation
        for name in (_request(route, contract), _reply(route, contract)):
            _collect(schemas, route.service, name, contract["components"]["schemas"])
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Chambers",
            "version": version,
            "description": "Everything that a person may ask of Chambers, for programs.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in dict.fromkeys(route.service for route in ROUTES)],
        "paths": paths,
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "schemas": dict(sorted(schemas.items())),
            "responses": {_named(status): _refusal(text) for status, text in _TITLES.items()},
        },
        "x-problems": _problems(contracts, refusals),
    }


def _operation(route: Route, contract: Json) -> Json:
    said = contract["operations"][route.message]
    shape = contract["components"]["schemas"][_request(route, contract)]
    in_path = FIELD.findall(route.path)
    rest = [name for name in shape.get("properties", {}) if name not in in_path]
    callers = said["x-callers"]
    operation: Json = {
        "tags": [route.service],
        "summary": said.get("summary", route.message.replace("_", " ").capitalize()),
        "parameters": [*_in_path(in_path, shape)],
        "security": [] if "public" in callers else [{"bearer": []}],
        "responses": {**_answer(route, contract), **_refusals(route)},
        "x-callers": callers,
    }
    if route.verb == "GET":
        operation["parameters"] += _in_query(rest, shape)
    else:
        operation["parameters"] += [KEY] if said["x-kind"] == "command" else []
        operation["parameters"] += [IF_MATCH] if "version" in rest else []
        if rest:
            operation["requestBody"] = _body(route, rest, shape)
    return operation


def _name(route: Route) -> str:
    """Return the operation's own name: its message's, with the verb where that has two routes."""
    same = [one for one in ROUTES if one.target == route.target]
    return route.target if route is same[0] else f"{route.target}.{route.verb.lower()}"


def _body(route: Route, rest: Iterable[str], shape: Json) -> Json:
    """Return the body: the message without what stands in the path and in If-Match."""
    fields = {name: _pointed(shape["properties"][name], route.service) for name in rest}
    needed = [name for name in shape.get("required", ()) if name in fields and name != "version"]
    schema: Json = {"type": "object", "properties": fields, "additionalProperties": False}
    if needed:
        schema["required"] = needed
    return {"required": bool(needed), "content": {"application/json": {"schema": schema}}}


def _in_path(names: Iterable[str], shape: Json) -> Iterator[Json]:
    for name in names:
        schema = _said(shape["properties"][name])
        yield {"name": name, "in": "path", "required": True, "schema": schema}


def _in_query(names: Iterable[str], shape: Json) -> Iterator[Json]:
    for name in names:
        schema, required = _said(shape["properties"][name]), name in shape.get("required", ())
        yield {"name": name, "in": "query", "required": required, "schema": schema}


def _said(schema: Json) -> Json:
    """Return the schema without null, which neither a path nor a query can say."""
    said = copy.deepcopy(schema)
    if isinstance(said.get("type"), list):
        said["type"] = next(kind for kind in said["type"] if kind != "null")
    if "enum" in said:
        said["enum"] = [value for value in said["enum"] if value is not None]
    if said.get("default", 0) is None:
        del said["default"]
    return said


def _answer(route: Route, contract: Json) -> Json:
    """Return what is answered, by its status; without a reply there is nothing to read."""
    reply = _reply(route, contract)
    if reply is None:
        return {"204": {"description": "Done."}}
    if route.message.endswith("_pdf"):
        content: Json = {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}
        return {"200": {"description": "The file.", "content": content}}
    schema: Json = {"$ref": f"{_REFERENCE}{route.service}.{reply}"}
    answer: Json = {"description": "Done.", "content": {"application/json": {"schema": schema}}}
    told = contract["components"]["schemas"][reply].get("properties", {})
    headers = {name: {"schema": {"type": "string"}} for field, name in _TELLS if field in told}
    return {str(route.status): answer | ({"headers": headers} if headers else {})}


def _refusals(route: Route) -> Json:
    codes = [401, 403, 404, 409, 422, 429, 503, 504]
    codes += [] if route.verb == "GET" else [400, 413, 415]
    return {str(code): {"$ref": f"#/components/responses/{_named(code)}"} for code in sorted(codes)}


def _refusal(text: str) -> Json:
    schema = {"$ref": f"{_REFERENCE}Problem"}
    return {"description": text, "content": {"application/problem+json": {"schema": schema}}}


def _request(route: Route, contract: Json) -> str:
    payload = contract["channels"][route.message]["messages"]["request"]["payload"]
    return str(payload["properties"]["kwargs"]["$ref"]).removeprefix(_REFERENCE)


def _reply(route: Route, contract: Json) -> str | None:
    reply = contract["channels"][f"{route.message}.reply"]["messages"]["reply"]["payload"]
    found = reply.get("properties", {}).get("result", {}).get("$ref")
    return str(found).removeprefix(_REFERENCE) if found else None


def _collect(schemas: dict[str, Json], service: str, name: str | None, known: Json) -> None:
    """Take a service's schema over under its own name, ``groups.Firm``."""
    if name and f"{service}.{name}" not in schemas:
        schemas[f"{service}.{name}"] = _pointed(known[name], service)


def _pointed(schema: Json, service: str) -> Json:
    """Return the schema with its references to the service's own ones."""
    copied = copy.deepcopy(schema)
    for part in _parts(copied):
        if "$ref" in part:
            part["$ref"] = f"{_REFERENCE}{service}.{part['$ref'].removeprefix(_REFERENCE)}"
    return copied


def _parts(schema: Any) -> Iterator[Json]:
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from _parts(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _parts(value)


def _problems(contracts: Mapping[str, Json], refusals: Json) -> Json:
    own = {
        MalformedHeader.code: {"kind": MalformedHeader.kind, "description": MalformedHeader.__doc__}
    }
    of_services = (contract["x-errors"] for contract in contracts.values())
    found = {
        code: {"status": STATUS.get(said["kind"], 500), "description": said["description"]}
        for some in (own, refusals, *of_services)
        for code, said in some.items()
    }
    return dict(sorted(found.items()))


def _named(status: int) -> str:
    return f"Refused{status}"
