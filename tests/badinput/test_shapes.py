"""A request of the wrong shape is refused by the field, and nothing comes of it."""

import pytest
from marshmallow import fields

from chassis.bus.wire import MAX_BODY
from chassis.errors import BadRequest
from tests.badinput.asking import Outcome, ask, fault_of
from tests.badinput.entrypoints import ENTRYPOINTS, targets
from tests.badinput.valid import example
from tests.badinput.wrong import Wrong, is_limited, monsters, unknown_fields, wrongs

EVERY = pytest.mark.parametrize("target", targets())


def refuses(stage, target, cases) -> None:
    """Every case is answered as a bad request that names the field."""
    _, token = example(stage, target)
    failed = []
    for wrong in cases:
        outcome = ask(stage.world, target, wrong.request, token)
        if problem := _problem(wrong, outcome):
            failed.append(f"{wrong.what}: {problem}; {outcome!s:.400}")
    assert failed == []


def _problem(wrong: Wrong, outcome: Outcome) -> str | None:
    if fault := fault_of(outcome):
        return fault
    if outcome.kind == "ok" and wrong.judged_later:
        return None
    if outcome.kind != "bad_request":
        return "is no bad_request"
    if wrong.path is not None and not wrong.judged_later and not outcome.names(wrong.path):
        return f"does not name {wrong.path}"
    return None


@EVERY
def test_what_is_missing_wrong_or_too_much_is_named(stage, unchanged, target):
    right, _ = example(stage, target)

    refuses(stage, target, wrongs(ENTRYPOINTS[target].spec.request, right))


@EVERY
def test_an_unknown_field_is_refused_and_never_ignored(stage, unchanged, target):
    right, _ = example(stage, target)

    refuses(stage, target, unknown_fields(right))


@EVERY
def test_a_monstrous_request_is_refused_in_a_moment(stage, unchanged, target):
    right, _ = example(stage, target)

    refuses(stage, target, monsters(right))


def test_a_request_over_the_limit_does_not_leave_its_caller(stage, unchanged):
    target = "groups.rename_firm"
    right, token = example(stage, target)

    with pytest.raises(BadRequest) as refused:
        stage.world.call(target, as_=token, **right, surprise="t" * MAX_BODY)

    assert refused.value.code == "message_too_large"


@EVERY
def test_every_text_and_every_list_has_a_limit(target):
    endless = [
        name
        for name, field in every_field(ENTRYPOINTS[target].spec.request)
        if isinstance(field, fields.String | fields.List) and not is_limited(field)
    ]

    assert endless == []


def every_field(schema):
    for name, field in schema.fields.items():
        yield name, field
        inner = field.inner if isinstance(field, fields.List) else field
        if inner is not field:
            yield f"{name}[]", inner
        if isinstance(inner, fields.Nested):
            yield from ((f"{name}.{below}", f) for below, f in every_field(inner.schema))
