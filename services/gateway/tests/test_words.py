"""Refusals in words."""

from chassis.errors import BadRequest, RateLimited
from gateway.refusal_words import of_field, of_refusal


def text(message: str, **values: str) -> str:
    return message % values if values else message


def refusal(code: str) -> RateLimited:
    error = RateLimited("as the service says it")
    error.code = code
    return error


def test_a_refusal_for_a_while_says_for_how_long_where_that_is_known() -> None:
    told = of_refusal(refusal("too_many_attempts"), text, "40 seconds")

    assert told == "There were too many attempts. Please wait 40 seconds, then try again."
    assert "wait a moment," in of_refusal(refusal("too_many_attempts"), text)


def test_a_code_without_words_is_told_as_the_service_says_it() -> None:
    assert of_refusal(refusal("of_tomorrow"), text) == "as the service says it"
    assert of_refusal(BadRequest(), text, "40 seconds") == "Please check what is marked below."


def test_a_field_is_told_in_words_where_there_are_any() -> None:
    assert of_field("Must not be blank.", text) == "Please fill this in."
    assert of_field("Use at least 12 characters.", text) == "Use at least 12 characters."
