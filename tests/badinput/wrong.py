"""Requests that are wrong in one way each, derived from a schema and a right request."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from marshmallow import ValidationError, fields, validate

from chassis.schemas import ListOf, Text
from tests.badinput.asking import Raw, nested

Fields = dict[str, Any]
NO_SUCH_TEXT = "lone \ud800 surrogate"
HUGE = 10**30
MANY_NAMES = [f"n{number}" for number in range(10_000)]
OBJECT, LIST = {"surprise": 1}, ["surprise"]


class Wrong(NamedTuple):
    """One wrong request; the refusal has to name ``path``, where there is one to name."""

    what: str
    request: Fields
    path: str | None = None
    judged_later: bool = False
    """The shape may pass: rows of an import are judged one by one."""


def wrongs(schema: Any, right: Fields) -> Iterator[Wrong]:
    """Everything that is wrong with one field at a time."""
    for name, field in schema.fields.items():
        yield from _without(name, field, right)
        for what, value, inner in wrong_values(field, right.get(name)):
            path = None if inner is None else f"{name}{inner}"
            later = inner != "" and _is_judged_later(field.inner if _is_list(field) else field)
            yield Wrong(f"{name}{inner}: {what}", {**deepcopy(right), name: value}, path, later)
        if _is_text(field):
            yield Wrong(f"{name}: no Unicode", {**right, name: NO_SUCH_TEXT})


def _without(name: str, field: fields.Field, right: Fields) -> Iterator[Wrong]:
    if field.required:
        rest = {key: value for key, value in right.items() if key != name}
        yield Wrong(f"{name}: missing", rest, name)
    if not field.allow_none:
        yield Wrong(f"{name}: null", {**right, name: None}, name)


def wrong_values(field: fields.Field, right: Any) -> Iterator[tuple[str, Any, str | None]]:
    """What is wrong, the wrong value, and where below the field (".0.email"), if that is said."""
    for what, value in (*_wrong_types(field), *_out_of_bounds(field, right)):
        yield what, value, ""
    if isinstance(field, fields.List):
        inner = field.inner
        item = right[0] if right else None
        yield "null inside", [None], ".0"
        for what, value, below in wrong_values(inner, item):
            yield what, [value], None if below is None else f".0{below}"
    elif isinstance(field, fields.Nested):
        for wrong in wrongs(field.schema, right or {}):
            yield wrong.what, wrong.request, f".{wrong.path}" if wrong.path else None


def _wrong_types(field: fields.Field) -> Iterator[tuple[str, Any]]:
    """Values of each JSON type but the field's own."""
    types = {
        "a number": 7,
        "a fraction": 1.5,
        "true": True,
        "a text": "surprise",
        "a list": LIST,
        "an object": OBJECT,
        "deep": nested(20),
    }
    for kind, own in _OWN_TYPES:
        if isinstance(field, kind):
            types = {what: value for what, value in types.items() if what not in own}
            break
    yield from types.items()
    for kind, values in _OTHER_TEXTS:
        if isinstance(field, kind):
            yield from ((f"{value!r:.40}", value) for value in values)


_OWN_TYPES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (fields.Email, ()),
    (fields.UUID, ()),
    (fields.String, ("a text",)),
    (fields.Integer, ("a number",)),
    (fields.Boolean, ("true",)),
    (fields.List, ("a list",)),
    (fields.Nested, ("an object",)),
)
_OTHER_TEXTS: tuple[tuple[Any, tuple[Any, ...]], ...] = (
    (fields.Email, ("", "@", "a@", "@x.example", "a b@x.example", "a@b@x.example", "a\0@x.example",
                    "a@x.example\nBcc: b@x.example", f"a@{'b' * 260}.example")),
    (fields.UUID, ("", "0", "z" * 32, "f" * 33, "../../etc/passwd", "\0", "u" * 100_000)),
    (fields.Date, ("", "2026-02-30", "0000-01-01", "2026-13-01", "\0", "9" * 1000, -1)),
    (fields.Enum, ("", "ADMIN", "no such word", "\0", "u" * 100_000, HUGE)),
    (fields.Integer, ("1", "", 1.5, -HUGE, "\u0661")),
    (fields.Boolean, ("", "perhaps", "yes", 2, -1)),
    (Text, ("a\0b", "\x1b[31m", "\x7f")),
)  # fmt: skip


def _out_of_bounds(field: fields.Field, right: Any) -> Iterator[tuple[str, Any]]:
    for rule in rules(field):
        if isinstance(rule, validate.Range):
            yield from (("too small", rule.min - 1),) if rule.min is not None else ()
            yield from (("too large", n) for n in (rule.max + 1, HUGE) if rule.max is not None)
        elif isinstance(rule, validate.Length):
            yield from _of_wrong_length(field, rule, right)
        elif isinstance(rule, validate.Regexp):
            yield from (("no match", text) for text in ("", "\0", "x" * 10_000, "USD\n"))


def _of_wrong_length(field: fields.Field, rule: validate.Length, right: Any) -> Iterator[Any]:
    is_list = isinstance(field, fields.List)
    if rule.max is not None:
        one = (right or ["a"]) if is_list else "a"
        yield "too long", one * (rule.max + 1)
        yield "far too long", (["a"] if is_list else "a") * 150_000
    if rule.min:
        yield "too short", [] if is_list else ""


def rules(field: fields.Field) -> list[Any]:
    """The validators of a field, those inside ``And`` too."""
    found: list[Any] = []
    for rule in field.validators:
        found += rule.validators if isinstance(rule, validate.And) else [rule]
    return found


def is_limited(field: fields.Field) -> bool:
    """Whether a very long text is refused, and a very long list before its items are read."""
    if isinstance(field, fields.List):
        return isinstance(field, ListOf)
    try:
        field.deserialize("7" * 100_000)
    except ValidationError:
        return True
    return False


def _is_text(field: fields.Field) -> bool:
    return isinstance(field, fields.String)


def _is_list(field: fields.Field) -> bool:
    return isinstance(field, fields.List)


def _is_judged_later(field: fields.Field) -> bool:
    """A nested schema with a reading of its own, as an import's rows have."""
    return isinstance(field, fields.Nested) and type(field) is not fields.Nested


def unknown_fields(right: Fields) -> Iterator[Wrong]:
    """Names that no schema has; some would mean something to Python."""
    names = ("surprise", "self", "service", "tx", "request", "args", "__class__", "a.b", "", "\0",
             "-1", "ä" * 1000)  # fmt: skip
    for name in names:
        yield Wrong(f"unknown {name!r:.40}", {**right, name: 1}, name if len(name) < 100 else None)


def monsters(right: Fields) -> Iterator[Wrong]:
    """Too much of everything."""
    yield Wrong("nested deeply", {**right, "surprise": nested(900)})
    yield Wrong("a long name", {**right, "n" * 990_000: 1})
    yield Wrong("many names", {**right, **dict.fromkeys(MANY_NAMES, 1)})
    yield Wrong("no Unicode in a name", {**right, NO_SUCH_TEXT: 1})
    for name in [*right, "surprise"]:
        yield Wrong(f"{name}: no number", {**right, name: Raw("NaN")})
        yield Wrong(f"{name}: nested for ever", {**right, name: nested(100_000)})
        if not isinstance(right.get(name), list):
            yield Wrong(f"{name}: a long text", {**right, name: "t" * 990_000})
        else:
            yield Wrong(f"{name}: many", {**right, name: [{}] * 200_000})
