"""What every request's shape shares."""

import time

import pytest
from marshmallow import ValidationError, fields

from chassis.errors import BadRequest
from chassis.schemas import (
    MOST_NAMED,
    Email,
    Flag,
    Line,
    ListOf,
    Name,
    NameWithoutLink,
    Request,
    Text,
    load,
)


class Unread(fields.Field):
    """An item that must not be looked at."""

    def _deserialize(self, value, attr, data, **options):
        raise AssertionError("read")


class Names(Request):
    names = ListOf(Text(5), most=3, least=1)


@pytest.mark.parametrize("names", [["a"], ["a", "b", "c"]])
def test_a_list_within_its_limits_is_taken(names):
    assert load(Names(), {"names": names}) == {"names": names}


@pytest.mark.parametrize("names", [[], ["a"] * 4, "abc", {"a": 1}, None])
def test_a_list_beyond_its_limits_is_refused_by_its_name(names):
    with pytest.raises(BadRequest) as refused:
        load(Names(), {"names": names})

    assert list(refused.value.details["fields"]) == ["names"]


@pytest.mark.parametrize("value", ["true", "yes", "", 1, 0, 1.0, None, [True]])
def test_a_flag_is_true_or_false_and_nothing_like_it(value):
    assert (Flag().deserialize(True), Flag().deserialize(False)) == (True, False)
    with pytest.raises(ValidationError):
        Flag().deserialize(value)


def test_a_list_that_is_too_long_is_not_read():
    with pytest.raises(ValidationError, match="maximum length"):
        ListOf(Unread(), most=3).deserialize([1] * 4)


def test_a_refusal_names_so_many_fields_and_no_more():
    with pytest.raises(BadRequest) as refused:
        load(Names(), {f"{'long ' * 100}{number}": 1 for number in range(1_000)})

    named = refused.value.details["fields"]
    assert len(named) <= MOST_NAMED
    assert max(map(len, named)) <= 200


@pytest.mark.parametrize("field", [Text(200), Name(), NameWithoutLink(), Line(200), Email()])
@pytest.mark.parametrize("text", ["a" * 900_000, "a-" * 400_000 + "@", "\u0301" * 900_000])
def test_what_is_too_long_is_refused_without_a_look_at_it(field, text):
    began = time.process_time()
    with pytest.raises(ValidationError):
        field.deserialize(text)

    assert time.process_time() - began < 0.1


def test_outer_blanks_do_not_make_a_name_too_long():
    assert Name().deserialize(" " * 300 + "Ana" + " " * 300) == "Ana"


@pytest.mark.parametrize("crowd", [MOST_NAMED, MOST_NAMED + 1, 50_000])
def test_a_crowd_of_unknown_fields_is_refused_without_a_look_at_each(crowd):
    asked = {"names": ["a"], **dict.fromkeys(map(str, range(crowd)), 1)}
    with pytest.raises(BadRequest) as refused:
        load(Names(), asked)

    assert len(refused.value.details["fields"]) == MOST_NAMED
    assert set(map(str, refused.value.details["fields"].values())) == {"['Unknown field.']"}


def test_a_crowd_is_refused_inside_a_list_too():
    class Crowd(Request):
        names = ListOf(fields.Nested(Names), most=3)

    with pytest.raises(BadRequest) as refused:
        load(Crowd(), {"names": [dict.fromkeys(map(str, range(500)), 1)]})

    assert "names.0.7" in refused.value.details["fields"]
    assert len(refused.value.details["fields"]) == MOST_NAMED
