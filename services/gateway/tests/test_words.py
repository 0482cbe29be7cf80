"""Refusals in words."""

from functools import partial
from gettext import NullTranslations

from chassis.errors import BadRequest, RateLimited
from gateway import languages
from gateway.field_words import of_field
from gateway.pages.billing_words import SOLD
from gateway.refusal_words import of_refusal


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


def test_what_differs_in_a_service_s_sentence_is_kept_in_ours() -> None:
    assert of_field("Length must be between 0 and 50.", text) == "Please use at most 50 characters."
    assert of_field("Length must be between 1 and 9.", text) == "Please enter 1 to 9 characters."


def test_what_was_sold_is_told_in_the_reader_s_words_with_its_names() -> None:
    german = partial(say, languages.catalogue("de"))

    said = "Pro Gold license of Ana, one more year, one more year"

    assert (
        SOLD.in_words(said, german) == "Lizenz Pro Gold von Ana, one more year, ein weiteres Jahr"
    )
    assert SOLD.in_words("Of tomorrow", german) == "Of tomorrow"


def say(catalogue: NullTranslations, message: str, **values: str) -> str:
    return catalogue.gettext(message) % values
