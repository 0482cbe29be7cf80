"""Holds a handler to its schema: its parameters are the fields, by name and by type.

This is looked at once, when the handler is declared, and never during a call.
"""

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, get_type_hints
from uuid import UUID

from marshmallow import Schema, fields, missing

from chassis.preparing import Prepare, alteration_by
from chassis.transactions import Transaction

LOADED_AS: Mapping[type[fields.Field[Any]], Any] = {
    fields.UUID: UUID,
    fields.String: str,
    fields.Integer: int,
    fields.Boolean: bool,
    fields.DateTime: datetime,
    fields.Date: date,
    fields.Nested: dict[str, Any],
    fields.Raw: Any,
}
_BY_POSITION = 2  # the service and its transaction come before the fields


class HandlerDoesNotFit(TypeError):
    """A handler's parameters are not what its schema loads."""


@dataclass(frozen=True)
class Given:
    """What one parameter is given, whether each message gives it, and whether null is given."""

    type: Any
    always: bool = True
    nullable: bool = False

    def fits(self, annotation: Any) -> bool:
        """Say whether a parameter of this annotation takes it; where absent, None may stand."""
        return annotation == self.type or (not self.always and annotation == self.type | None)


def check(method: Any, schema: Schema, prepare: Prepare | None = None, whole: bool = False) -> None:
    """Compare the parameters of ``method`` with what it will be given.

    ``whole``: it may also take all fields as one ``**`` parameter, as handlers of events do.
    Raises HandlerDoesNotFit, which names each parameter that is missing, too much or wrong.
    """
    parameters = list(inspect.signature(method).parameters.values())
    hints = get_type_hints(method)
    rest = parameters[_BY_POSITION:]
    named = {each.name: each for each in rest if each.kind is not each.VAR_KEYWORD}
    problems = list(_without_transaction(parameters, hints))
    if not (whole and rest and not named):
        given = given_to(schema, prepare)
        takes_absent = len(named) < len(rest)
        problems += _wrong_names(named, given, takes_absent)
        for name in named.keys() & given.keys():
            problems += _wrong(named[name], hints.get(name), given[name])
    if problems:
        raise HandlerDoesNotFit(f"{method.__qualname__} {'; '.join(sorted(problems))}")


def given_to(schema: Schema, prepare: Prepare | None) -> dict[str, Given]:
    """Return what a handler is given: the schema's fields, as the preparation alters them.

    Raises HandlerDoesNotFit for a preparation that drops what is not there.
    """
    given = {
        field.attribute or name: Given(type_of(field), _is_always_there(field), field.allow_none)
        for name, field in schema.load_fields.items()
    }
    alteration = alteration_by(prepare)
    if unknown := set(alteration.drops) - given.keys():
        raise HandlerDoesNotFit(f"{prepare} drops {unknown}, which no field is")
    for name in alteration.drops:
        del given[name]
    return given | {name: Given(kind) for name, kind in alteration.adds.items()}


def type_of(field: fields.Field[Any]) -> Any:
    """Return the type of what the field loads. Raises TypeError for a field of unknown kind."""
    if isinstance(field, fields.Enum):
        loaded: Any = field.enum
    elif isinstance(field, fields.List):
        loaded = list[type_of(field.inner)]  # type: ignore[misc]
    else:
        loaded = next((LOADED_AS[kind] for kind in type(field).__mro__ if kind in LOADED_AS), None)
        if loaded is None:
            raise TypeError(f"{type(field).__name__} has no type in LOADED_AS")
        if getattr(field, "many", False):
            loaded = list[loaded]
    return loaded | None if field.allow_none and loaded is not Any else loaded


def _is_always_there(field: fields.Field[Any]) -> bool:
    return field.required or field.load_default is not missing


def _without_transaction(parameters: list[Any], hints: dict[str, Any]) -> Iterator[str]:
    if len(parameters) < _BY_POSITION or hints.get(parameters[1].name) is not Transaction:
        yield "takes no `tx: Transaction` behind the service"


def _wrong_names(
    named: Mapping[str, Any], given: Mapping[str, Given], takes_absent: bool
) -> Iterator[str]:
    for name in given.keys() - named.keys():
        if given[name].always or not takes_absent:
            yield f"lacks `{name}: {_shown(given[name].type)}`"
    for name in named.keys() - given.keys():
        yield f"takes `{name}`, which it is never given"
    if takes_absent and all(each.always for each in given.values()):
        yield "takes `**`, though no field may be absent"


def _wrong(parameter: inspect.Parameter, annotation: Any, given: Given) -> Iterator[str]:
    if not given.fits(annotation):
        yield f"takes `{parameter.name}: {_shown(annotation)}`, and is given {_shown(given.type)}"
    if given.always and parameter.default is not parameter.empty:
        yield f"has a default for `{parameter.name}`, which is always given"
    if not given.always and parameter.default is parameter.empty:
        yield f"has no default for `{parameter.name}`, which may be absent"
    if not given.always and given.nullable:
        yield f"cannot tell an absent `{parameter.name}` from null: leave it to `**`"


def _shown(annotation: Any) -> str:
    return getattr(annotation, "__name__", "") if isinstance(annotation, type) else str(annotation)
