"""A handler that does not take what its schema loads is refused where it is declared."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from marshmallow import fields

from chassis.auth import PUBLIC
from chassis.messages import command, on_event, query
from chassis.preparing import alters
from chassis.schemas import Event, Flag, Line, ListOf, Page, Request
from chassis.signatures import HandlerDoesNotFit, type_of
from chassis.transactions import Transaction


class Colour(StrEnum):
    RED = "red"


class Paint(Request):
    wall_id = fields.UUID(required=True)
    colour = fields.Enum(Colour, by_value=True, load_default=None)


class Repaint(Request):
    wall_id = fields.UUID(required=True)
    coats = fields.Integer()
    note = Line(allow_none=True)


class Painted(Event):
    wall_id = fields.UUID(required=True)
    coats = fields.Integer(required=True)


@alters(drops={"colour"}, adds={"tin": str})
def mix(service, call, request):
    """A preparation that hands over a tin in the colour's place."""


@alters(drops={"brush"})
def drop_nothing(service, call, request):
    """A preparation for some other request."""


def refusal(handler, schema=Paint, decorator=command, **options):
    with pytest.raises(HandlerDoesNotFit) as refused:
        decorator(schema, callers=PUBLIC, **options)(handler)
    return str(refused.value).partition(" ")[2]


def test_a_handler_that_takes_each_field_by_name_and_type_is_declared():
    def paint(self, tx: Transaction, wall_id: UUID, colour: Colour | None) -> None: ...

    assert command(Paint, callers=PUBLIC)(paint).chassis_message.name == "paint"


def test_a_missing_parameter_is_named():
    def paint(self, tx: Transaction, wall_id: UUID) -> None: ...

    assert refusal(paint) == f"lacks `colour: {Colour | None}`"


def test_a_parameter_that_no_field_is_is_named():
    def list_walls(self, tx: Transaction, limit: int, cursor: str | None, wall: str) -> None: ...

    told = refusal(list_walls, Page, query)
    assert told == "takes `wall`, which it is never given"


def test_a_parameter_of_another_type_is_named():
    def paint(self, tx: Transaction, wall_id: str, colour: Colour | None) -> None: ...

    assert refusal(paint) == "takes `wall_id: str`, and is given UUID"


def test_null_is_part_of_the_type():
    def paint(self, tx: Transaction, wall_id: UUID, colour: Colour) -> None: ...

    assert refusal(paint) == f"takes `colour: Colour`, and is given {Colour | None}"


def test_a_parameter_without_a_type_is_refused():
    def paint(self, tx: Transaction, wall_id, colour: Colour | None) -> None: ...

    assert refusal(paint) == "takes `wall_id: None`, and is given UUID"


def test_the_transaction_is_typed_as_well():
    def paint(self, tx, wall_id: UUID, colour: Colour | None) -> None: ...

    assert refusal(paint) == "takes no `tx: Transaction` behind the service"


def test_what_is_always_given_has_no_default():
    def paint(self, tx: Transaction, wall_id: UUID, colour: Colour | None = None) -> None: ...

    assert refusal(paint) == "has a default for `colour`, which is always given"


def test_what_may_be_absent_has_a_default_or_falls_to_the_rest():
    def repaint(
        self, tx: Transaction, wall_id: UUID, coats: int | None = None, **changes: Any
    ) -> None: ...

    assert command(Repaint, callers=PUBLIC)(repaint)


def test_what_may_be_absent_and_null_falls_to_the_rest():
    def repaint(
        self, tx: Transaction, wall_id: UUID, coats: int, note: str | None = None
    ) -> None: ...

    told = refusal(repaint, Repaint).split("; ")
    assert told == [
        "cannot tell an absent `note` from null: leave it to `**`",
        "has no default for `coats`, which may be absent",
    ]


def test_what_is_always_given_does_not_fall_to_the_rest():
    def repaint(self, tx: Transaction, **changes: Any) -> None: ...

    assert refusal(repaint, Repaint) == "lacks `wall_id: UUID`"


def test_where_no_field_may_be_absent_there_is_no_rest():
    def paint(self, tx: Transaction, wall_id: UUID, colour: Colour | None, **rest: Any) -> None: ...

    assert refusal(paint) == "takes `**`, though no field may be absent"


def test_a_preparation_says_what_the_handler_gets_instead():
    def paint(self, tx: Transaction, wall_id: UUID, tin: str) -> None: ...

    def unprepared(self, tx: Transaction, wall_id: UUID, colour: Colour | None) -> None: ...

    assert command(Paint, callers=PUBLIC, prepare=mix)(paint)
    told = refusal(unprepared, prepare=mix)
    assert told == "lacks `tin: str`; takes `colour`, which it is never given"


def test_a_preparation_drops_only_what_is_there():
    def paint(self, tx: Transaction, wall_id: UUID, colour: Colour | None) -> None: ...

    assert "drops {'brush'}, which no field is" in refusal(paint, prepare=drop_nothing)


def test_an_event_is_taken_by_name_or_as_a_whole():
    def named(self, tx: Transaction, wall_id: UUID, coats: int) -> None: ...

    def whole(self, tx: Transaction, **wall: Any) -> None: ...

    def mixed(self, tx: Transaction, wall_id: UUID, **wall: Any) -> None: ...

    named.__name__ = whole.__name__ = mixed.__name__ = "on_wall_painted"
    hear = on_event("walls", "wall_painted.v1", Painted)
    assert hear(named)
    assert hear(whole)
    with pytest.raises(HandlerDoesNotFit, match="lacks `coats: int`"):
        hear(mixed)


@pytest.mark.parametrize(
    ("field", "loaded"),
    [
        (fields.UUID(), UUID),
        (Line(), str),
        (fields.Integer(), int),
        (Flag(), bool),
        (fields.AwareDateTime(), datetime),
        (fields.Date(), date),
        (fields.Enum(Colour), Colour),
        (fields.Raw(allow_none=True), Any),
        (ListOf(fields.UUID(), most=3), list[UUID]),
        (fields.List(fields.Nested(Paint)), list[dict[str, Any]]),
        (fields.Nested(Paint, many=True), list[dict[str, Any]]),
        (fields.Nested(Paint, load_default=None), dict[str, Any] | None),
    ],
)
def test_each_kind_of_field_has_its_type(field, loaded):
    assert type_of(field) == loaded


def test_a_field_of_unknown_kind_is_named():
    class Shade(fields.Field):
        """Something nobody has said the type of."""

    with pytest.raises(TypeError, match="Shade has no type"):
        type_of(Shade())
