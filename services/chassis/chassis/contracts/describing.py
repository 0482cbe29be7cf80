"""A service's calls in words for people, from its contract: fields, types, limits, callers."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from chassis.resources import contract_path

Shape = Mapping[str, Any]
_NAMES = {"string": "text", "integer": "whole number", "boolean": "true or false"}
_BOUNDS = (
    ("minLength", "maxLength", " characters"),
    ("minItems", "maxItems", ""),
    ("minimum", "maximum", ""),
)
_FORMATS = {"email": "e-mail address", "uuid": "id (UUID)", "date": "date", "date-time": "time"}


def contract(service: str) -> Shape:
    """Return the contract of a service; {} for one that is not installed here or brings none."""
    try:
        read: Shape = json.loads(contract_path(service).read_text())
    except FileNotFoundError:
        return {}
    return read


def calls(document: Shape) -> dict[str, Shape]:
    """Return method -> operation, of the commands and queries."""
    operations = document.get("operations", {})
    return {
        name: one for name, one in operations.items() if one.get("x-kind") in ("command", "query")
    }


def described(document: Shape, method: str) -> Iterator[str]:
    """Yield in lines what ``method`` does, who may call it, and the fields of request and reply."""
    operation = calls(document)[method]
    yield operation.get("summary", "")
    if more := operation.get("description"):
        yield from ("", *more.splitlines())
    yield ""
    yield f"{operation['x-kind']}, for: {', '.join(operation.get('x-callers', [])) or 'nobody'}"
    request = _part(document, method, "request", "kwargs")
    yield from _titled("fields", request)
    yield from _titled("reply", _replied(_part(document, f"{method}.reply", "reply", "result")))


def _part(document: Shape, channel: str, message: str, name: str) -> Shape:
    payload = document["channels"][channel]["messages"][message]["payload"]
    part: Shape = payload.get("properties", {}).get(name, {})
    reference = str(part.get("$ref", "")).rpartition("/")[2]
    return document["components"]["schemas"].get(reference, {}) if reference else part


def _replied(shape: Any) -> Any:
    """Without "required": what is not there in a reply is said to be null."""
    if isinstance(shape, dict):
        return {key: _replied(value) for key, value in shape.items() if key != "required"}
    return [_replied(one) for one in shape] if isinstance(shape, list) else shape


def _titled(title: str, shape: Shape) -> Iterator[str]:
    rows = list(_rows(shape, "  "))
    yield ""
    yield f"{title}:{'' if rows else ' none'}"
    width = max((len(name) for name, _ in rows), default=0)
    yield from (f"{name:<{width}}  {words}" for name, words in rows)


def _rows(shape: Shape, indent: str) -> Iterator[tuple[str, str]]:
    """Yield each field and what it takes; fields of fields are indented below."""
    required = shape.get("required", ())
    for name, field in shape.get("properties", {}).items():
        words = in_words(field)
        if name in required:
            words += ", required"
        elif field.get("default") is not None:
            words += f", else {field['default']}"
        yield f"{indent}{name}", words
        yield from _rows(field.get("items", field), indent + "  ")


def in_words(field: Shape) -> str:
    """Return the shape in words, such as ``list of objects, 1 to 500``, ``admin | member``.

    Also ``text, up to 200 characters``.
    """
    kinds = field.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else list(kinds)
    chosen = [str(value) for value in field.get("enum", ()) if value is not None]
    named = " | ".join(chosen) or _FORMATS.get(field.get("format", "")) or _kind(kinds, field)
    parts = [named, *_limits(field)]
    if "null" in kinds or None in field.get("enum", ()):
        parts.append("or null")
    if note := field.get("description"):
        parts.append(str(note))
    return ", ".join(parts)


def _kind(kinds: list[str], field: Shape) -> str:
    if "array" in kinds:
        item = field.get("items", {})
        return "list of objects" if "properties" in item else f"list of: {in_words(item)}"
    return " or ".join(_NAMES.get(kind, kind) for kind in kinds if kind != "null") or "anything"


def _limits(field: Shape) -> Iterator[str]:
    for least, most, unit in _BOUNDS:
        low, high = field.get(least), field.get(most)
        if high is not None:
            yield f"{low} to {high}{unit}" if low else f"up to {high}{unit}"
        elif low:
            yield f"at least {low}{unit}"
    if pattern := field.get("pattern"):
        yield f"like {pattern}"
