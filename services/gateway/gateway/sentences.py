"""Sentences that services say to people, in the reader's language.

A text that belongs to one code has its words by the code. What is said here has none of its own:
what is wrong with a field, and what a paper says was bought; papers keep it as it was said.
"""

import re
from collections.abc import Mapping

from gateway.words import Text

_BLANK = re.compile(r"%\\\((\w+)\\\)s")  # as re.escape leaves a placeholder


class Sentences:
    """Knows sentences as a service says them, ``%(name)s`` where they differ, and our words."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._known = [(_pattern(said), told) for said, told in words.items()]

    def in_words(self, said: str, text: Text) -> str:
        """Return what a service said in the reader's words; as it is where there are none."""
        for pattern, told in self._known:
            if found := pattern.fullmatch(said):
                return text(told, **found.groupdict())
        return text(said) if said else said


def _pattern(said: str) -> re.Pattern[str]:
    return re.compile(_BLANK.sub(r"(?P<\1>.+)", re.escape(said)))
