"""The OpenAPI document as people read it: operations, their fields, and the problems."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson

from gateway.api.application import FILE

Json = Mapping[str, Any]
# Statements and records that a docstring refers to, and the marks of code.
_REFERENCES = re.compile(r" \((?:S\d+-\d+|[DQT]\d+|\d{4})(?:[^)]*)\)|`+")


@dataclass(frozen=True)
class FieldShown:
    """A field of a request or an answer; of a list of objects, ``people[].email``."""

    name: str
    kind: str
    choices: Sequence[str]
    is_needed: bool


@dataclass(frozen=True)
class OperationShown:
    """What one route takes, by place (path, query, header, body), and answers."""

    verb: str
    path: str
    anchor: str
    summary: str
    callers: Sequence[str]
    takes: Mapping[str, Sequence[FieldShown]]
    status: str
    content_type: str
    answers: Sequence[FieldShown]


@dataclass(frozen=True)
class ProblemShown:
    """A code that a refusal may have."""

    code: str
    status: int
    description: str


@cache
def operations() -> Mapping[str, Sequence[OperationShown]]:
    """Return the operations by the service that answers."""
    found: dict[str, list[OperationShown]] = {tag["name"]: [] for tag in _document()["tags"]}
    for path, verbs in _document()["paths"].items():
        for verb, said in verbs.items():
            found[said["tags"][0]].append(_operation(verb.upper(), path, said))
    return found


@cache
def problems() -> Sequence[ProblemShown]:
    """Return every code by its name."""
    return [
        ProblemShown(code, said["status"], _plain(said["description"]))
        for code, said in _document()["x-problems"].items()
    ]


@cache
def _document() -> Json:
    document: Json = orjson.loads(FILE.read_bytes())
    return document


def _operation(verb: str, path: str, said: Json) -> OperationShown:
    status, answer = next(iter(said["responses"].items()))
    contents: Json = answer.get("content", {"": {}})
    content_type, content = next(iter(contents.items()))
    return OperationShown(
        verb=verb,
        path=path,
        anchor=said["operationId"],
        summary=_plain(said["summary"]),
        callers=said["x-callers"],
        takes=_taken(said),
        status=status,
        content_type=content_type,
        answers=list(_fields(content.get("schema", {}))),
    )


def _taken(said: Json) -> Mapping[str, Sequence[FieldShown]]:
    places: dict[str, list[FieldShown]] = {}
    for one in said["parameters"]:
        field = _field(one["name"], one["schema"], is_needed=one.get("required", False))
        places.setdefault(one["in"], []).append(field)
    if "requestBody" in said:
        schema = said["requestBody"]["content"]["application/json"]["schema"]
        places["body"] = list(_fields(schema))
    return places


def _fields(schema: Json, prefix: str = "") -> Iterator[FieldShown]:
    """Yield the fields of an object, and behind each those of the objects in it."""
    schema = _resolved(schema)
    for name, one in schema.get("properties", {}).items():
        one, needed = _resolved(one), name in schema.get("required", ())
        yield _field(prefix + name, one, is_needed=needed)
        inner, mark = (_resolved(one["items"]), "[]") if "items" in one else (one, "")
        yield from _fields(inner, f"{prefix}{name}{mark}.")


def _field(name: str, schema: Json, *, is_needed: bool) -> FieldShown:
    choices = [str(one) for one in schema.get("enum", ()) if one is not None]
    return FieldShown(name, _kind(schema), choices, is_needed)


def _kind(schema: Json) -> str:
    """Return ``string (date)``, ``integer 1-200``, ``array of string``."""
    kinds = schema.get("type", "string")
    kind = " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
    if "items" in schema:
        kind += f" of {_kind(_resolved(schema['items']))}"
    if "format" in schema:
        kind += f" ({schema['format']})"
    return kind + _limits(schema)


def _limits(schema: Json) -> str:
    for low, high in (("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems")):
        if high in schema:
            return f", {schema.get(low, 0)}-{schema[high]}"
    return ""


def _resolved(schema: Json) -> Json:
    """Return what a reference refers to, also where null may stand instead."""
    for way in ("anyOf", "allOf", "oneOf"):
        if way in schema:
            return _resolved(next(one for one in schema[way] if one.get("type") != "null"))
    if "$ref" not in schema:
        return schema
    found: Json = _document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _plain(text: str) -> str:
    return _REFERENCES.sub("", text)
