"""Every text of a page stands in every language's catalogue, translated, with its placeholders.

``CHAMBERS_WRITE_TEXTS=1`` with this test brings the catalogues up to date: what is new stands there
without a translation, and what no page says any more is gone.
"""

import os
import re
from collections.abc import Iterable
from typing import Any

import pytest

from gateway.languages import LANGUAGES
from services.gateway.tests import texts

SOURCE_LANGUAGE, *TRANSLATED = LANGUAGES
PLACEHOLDER = re.compile(r"%\(\w+\)s")
TAG = re.compile(r"</?\w+|&\w+;")


@pytest.fixture(scope="module", autouse=True)
def written_where_asked() -> None:
    if os.environ.get("CHAMBERS_WRITE_TEXTS"):
        for language in TRANSLATED:
            texts.bring_up_to_date(language)


def ids(messages: Iterable[Any]) -> set[tuple[str, ...]]:
    return {as_tuple(message.id) for message in messages if message.id}


def as_tuple(said: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_holds_just_the_texts_of_pages(language: str) -> None:
    said, translated = ids(texts.in_sources()), ids(texts.kept(language))

    assert len(said) > 500
    assert said - translated == set()
    assert translated - said == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_each_text_is_translated_by_somebody_who_was_sure(language: str) -> None:
    messages = [message for message in texts.kept(language) if message.id]

    assert [message.id for message in messages if message.fuzzy] == []
    assert [message.id for message in messages if not all(as_tuple(message.string))] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_placeholders_and_marks_of_its_text(language: str) -> None:
    different = [
        (asked, told)
        for message in texts.kept(language)
        for asked, told in zip(as_tuple(message.id), as_tuple(message.string), strict=True)
        if message.id and filled(asked) != filled(told)
    ]

    assert different == []


def filled(text: str) -> list[str]:
    assert "%" not in PLACEHOLDER.sub("", text), text
    return sorted([*PLACEHOLDER.findall(text), *TAG.findall(text)])
