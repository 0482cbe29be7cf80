"""JSON Schemas of what travels: from marshmallow schemas, and from event dataclasses."""

import dataclasses
import types
import typing
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from marshmallow import Schema

Shape = dict[str, Any]

_PLAIN: dict[Any, Shape] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    UUID: {"type": "string", "format": "uuid"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    Any: {},
}


def of_schema(schema: Schema | None) -> Shape:
    """Return the shape that ``schema`` loads and dumps, nested schemas written out.

    It is None where there are no fields.
    """
    # Only generating needs this library, so services run without it.
    from apispec import APISpec
    from apispec.ext.marshmallow.openapi import OpenAPIConverter

    if schema is None:
        return {"type": "object", "properties": {}, "additionalProperties": False}
    spec = APISpec("", "", "3.1.0")
    # A schema without a name is written out where it is used.
    converter: Any = OpenAPIConverter("3.1.0", schema_name_resolver=lambda _schema: "", spec=spec)
    return {"type": "object", **_tidied(converter.schema2jsonschema(schema))}


def of_dataclass(kind: type) -> Shape:
    """Return the shape of an event's data: every field is always there."""
    hints = typing.get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    shape: Shape = {
        "type": "object",
        "properties": {name: of_type(hints[name]) for name in names},
        "required": names,
    }
    return shape


def of_type(hint: Any) -> Shape:
    """Return the shape of one annotated field. Raises TypeError for a type events may not have."""
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _optional(arguments)
    if origin is typing.Literal:
        return {"type": "string", "enum": list(arguments)}
    if origin in (list, tuple, Sequence):
        return {"type": "array", "items": of_type(arguments[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": of_type(arguments[1])}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"type": "string", "enum": [member.value for member in hint]}
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return of_dataclass(hint)
    raise TypeError(f"an event's field cannot be {hint}")


def _optional(arguments: tuple[Any, ...]) -> Shape:
    present = [argument for argument in arguments if argument is not type(None)]
    if len(present) != 1:
        raise TypeError(f"an event's field is one type or None, not {arguments}")
    shape = of_type(present[0])
    if "enum" in shape:
        shape["enum"] = [*shape["enum"], None]
    return shape | {"type": [shape["type"], "null"]} if "type" in shape else shape


def _tidied(shape: Any) -> Any:
    """Plain JSON values, and nothing of OpenAPI that a JSON Schema does not know."""
    if isinstance(shape, dict):
        return {
            str(name): _tidied(value)
            for name, value in shape.items()
            if name not in ("readOnly", "writeOnly")
        }
    if isinstance(shape, list | tuple):
        return [_tidied(value) for value in shape]
    if isinstance(shape, UUID | date):
        return str(shape)
    return shape.value if isinstance(shape, Enum) else shape
