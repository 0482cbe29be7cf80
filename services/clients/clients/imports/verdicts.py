"""What becomes of each row of an import: the same judgement for the preview and the import."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from clients.imports.likeness import Likeness, Traits
from clients.records import search
from clients.records.details import ContactKind, Details, Problems
from clients.records.events import Status
from clients.records.new_client import NewClient


class Verdict(StrEnum):
    """What becomes of a row."""

    CREATED = "created"
    DUPLICATE = "duplicate"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    REFUSED = "refused"


class MatchedBy(StrEnum):
    """By what a row is recognised as somebody who is there already."""

    EXTERNAL_ID = "external_id"
    EMAIL = "email"
    PHONE = "phone"
    NAME_AND_BIRTH_DATE = "name_and_birth_date"


Key = tuple[MatchedBy, str]
_SIGNS = {ContactKind.EMAIL: MatchedBy.EMAIL, ContactKind.PHONE: MatchedBy.PHONE}
_CONTACTS = set(_SIGNS.values())


@dataclass(frozen=True)
class Match:
    """Who is there already: a stored client, or the row of this import that will be one."""

    client_id: UUID | None = None
    row: int | None = None
    name: str | None = None


class Known:
    """Who is there already, the one who was there first before the others.

    By a contact there may be many, of an office or a school: so they are kept by what two who are
    alike have in common, and not looked through one by one.
    """

    def __init__(self) -> None:
        self._single: dict[Key, Match] = {}
        self._sharing: dict[Key, dict[str, list[tuple[Traits, Match]]]] = {}

    def add(self, key: Key, match: Match, person: Traits) -> None:
        """Remember that somebody is known by this key; of an id or a birth date, the first."""
        if key[0] in _CONTACTS:
            sharing = self._sharing.setdefault(key, {})
            for handle in person.handles():
                sharing.setdefault(handle, []).append((person, match))
        else:
            self._single.setdefault(key, match)

    def like(self, row: "Row") -> list[tuple[Likeness, MatchedBy, Match]]:
        """Return whom the row may be, and by what it is seen; the surest first."""
        found: list[tuple[Likeness, MatchedBy, Match]] = []
        for key in row.keys:
            if key in self._sharing:
                found += self._alike(key, Traits.of(row.details))
            elif key in self._single:
                same = key[0] is MatchedBy.EXTERNAL_ID
                likeness = Likeness.SAME if same else Likeness.PERHAPS
                found.append((likeness, key[0], self._single[key]))
        return sorted(found, key=lambda one: -one[0])

    def _alike(self, key: Key, person: Traits) -> list[tuple[Likeness, MatchedBy, Match]]:
        """Return, of those who share a contact, each who may be this person."""
        sharing = dict.fromkeys(
            one for handle in person.handles() for one in self._sharing[key].get(handle, ())
        )
        classified = ((person.likeness(other), key[0], match) for other, match in sharing)
        return [one for one in classified if one[0] is not Likeness.OTHER]


@dataclass(frozen=True, eq=False)
class Row:
    """One row as read, or with ``problems`` the reasons why it cannot be kept."""

    row: int
    fingerprint: str
    details: Details = field(default_factory=Details)
    problems: Problems = field(default_factory=dict)
    external_id: str | None = None
    status: Status = Status.PROSPECT
    assigned_member_id: UUID | None = None
    create_anyway: bool = False

    @cached_property
    def keys(self) -> list[Key]:
        """Everything by which the row's client could be known already."""
        found: list[Key] = [(MatchedBy.EXTERNAL_ID, self.external_id)] if self.external_id else []
        found += [(_SIGNS[kind], value) for kind, value, _ in self.details.reached_by]
        if self.details.birth_date:
            found.append(name_and_birth_date(self.details))
        return found

    def opened(self, client_id: UUID, firm_id: UUID) -> NewClient:
        """Return the client that this row becomes; it has no problems."""
        return NewClient(
            client_id,
            firm_id,
            self.details,
            self.status,
            self.external_id,
            self.assigned_member_id,
        )


@dataclass(frozen=True)
class Earlier:
    """A row that this batch has created before."""

    fingerprint: str
    client_id: UUID


@dataclass(frozen=True)
class Classified:
    """The verdict on one row; ``new`` marks a client that is still to be written."""

    row: Row
    verdict: Verdict
    match: Match = Match()
    matched_by: tuple[MatchedBy, ...] = ()
    problems: Problems = field(default_factory=dict)
    new: bool = False


def fingerprint(content: Mapping[str, Any]) -> str:
    """Return what tells a row's content from another's: SHA-256 of its JSON, in hexadecimal."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def name_and_birth_date(details: Details) -> Key:
    """Return the key under which namesakes born on one day meet."""
    name = search.sort_name(details.given_name, details.family_name, details.name)
    return MatchedBy.NAME_AND_BIRTH_DATE, f"{name}|{details.birth_date}"


def classify(rows: Iterable[Row], known: Known, earlier: Mapping[int, Earlier]) -> list[Classified]:
    """Return the verdict on each row, in their order.

    Those that become clients are added to ``known``.
    """
    judgements = []
    for row in rows:
        judgement = _classify(row, known, earlier.get(row.row))
        judgements.append(judgement)
        if judgement.new:
            person, match = Traits.of(row.details), Match(row=row.row, name=row.details.name)
            for key in row.keys:
                known.add(key, match, person)
    return judgements


def _classify(row: Row, known: Known, earlier: Earlier | None) -> Classified:
    if earlier is not None:
        return _again(row, earlier)
    if row.problems:
        return Classified(row, Verdict.REFUSED, problems=row.problems)
    like = known.like(row)
    if row.create_anyway:  # a person has looked at it; the same external id is still the same
        like = [one for one in like if one[1] is MatchedBy.EXTERNAL_ID]
    if not like:
        return Classified(row, Verdict.CREATED, new=True)
    likeness, _, match = like[0]
    signs = tuple(dict.fromkeys(sign for _, sign, other in like if other == match))
    same = likeness is Likeness.SAME
    return Classified(row, Verdict.DUPLICATE if same else Verdict.POSSIBLE_DUPLICATE, match, signs)


def _again(row: Row, earlier: Earlier) -> Classified:
    """Answer a repeated row as before, unless it now says something else."""
    if earlier.fingerprint == row.fingerprint:
        return Classified(row, Verdict.CREATED, Match(client_id=earlier.client_id))
    problems = {"row": ["This row of the batch was already imported with other content."]}
    return Classified(row, Verdict.REFUSED, Match(client_id=earlier.client_id), problems=problems)
