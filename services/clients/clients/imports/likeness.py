"""Whether two records that share an address or a number are of one person (F121).

Families share an address, and an office does. So what is shared only says whom to compare with:
the names and the birth dates decide.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from clients.records.details import Details
from clients.records.search import fold

_WORD = re.compile(r"\w+")


class Likeness(IntEnum):
    """How sure it is that two are one person."""

    OTHER = 0
    PERHAPS = 1
    SAME = 2


@dataclass(frozen=True)
class Traits:
    """What tells people at one address apart: the words of the name, and the birth date."""

    words: frozenset[str]
    first: str  # of the given name; empty where only a family name is known
    birth_date: date | None = None

    @classmethod
    def named(
        cls, given: str | None, family: str | None, shown: str, birth_date: date | None
    ) -> "Traits":
        """Return somebody by given and family name where both are there, else by the name shown."""
        if given and family:
            return cls(frozenset(_words(f"{given} {family}")), _first(given), birth_date)
        _, comma, after = shown.partition(",")
        first = "" if family and family == shown else _first(after if comma else shown)
        return cls(frozenset(_words(shown)), first, birth_date)

    @classmethod
    def of(cls, details: Details) -> "Traits":
        """Return who a record with these details is of."""
        return cls.named(details.given_name, details.family_name, details.name, details.birth_date)

    def likeness(self, other: "Traits") -> Likeness:
        """Return how alike they are: SAME needs the same name.

        Another birth date or a shorter name leaves it open. Another given name is another person:
        siblings share all the rest.
        """
        dates = {self.birth_date, other.birth_date} - {None}
        born_apart = len(dates) > 1
        if self.words == other.words:
            return Likeness.PERHAPS if born_apart else Likeness.SAME
        if born_apart:
            return Likeness.OTHER
        shortened = self.words <= other.words or other.words <= self.words
        return Likeness.PERHAPS if shortened or self._first_alike(other) else Likeness.OTHER

    def handles(self) -> set[str]:
        """Return what two who are alike share one of: the words of the name, and the initial."""
        return {*self.words, f"{self.first[:1]}."} - {"."}

    def _first_alike(self, other: "Traits") -> bool:
        """Return whether first names are alike, also by an initial; the family name may be new."""
        one, two = sorted((self.first, other.first), key=len)
        return bool(one) and (one == two or (len(one) == 1 and two.startswith(one)))


def _words(name: str) -> list[str]:
    return _WORD.findall(fold(name)) or [fold(name)]


def _first(name: str) -> str:
    return next(iter(_words(name)), "")
