"""What becomes of each row of an import: the same judgement for the preview and the import."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from clients.domain import search
from clients.domain.contact import ContactKind, contacts
from clients.domain.details import Details, Problems
from clients.domain.events import Status


class Verdict(StrEnum):
    """What becomes of a row."""

    CREATED = "created"
    DUPLICATE = "duplicate"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    REFUSED = "refused"


class Sign(StrEnum):
    """By what a row is recognised as somebody who is there already."""

    EXTERNAL_ID = "external_id"
    EMAIL = "email"
    PHONE = "phone"
    NAME_AND_BIRTH_DATE = "name_and_birth_date"


Key = tuple[Sign, str]


@dataclass(frozen=True)
class Match:
    """Who is there already: a stored client, or the row of this import that will be one."""

    client_id: UUID | None = None
    row: int | None = None


Known = Mapping[Key, Match]


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


@dataclass(frozen=True)
class Earlier:
    """A row that this batch has created before."""

    fingerprint: str
    client_id: UUID


@dataclass(frozen=True)
class Judgement:
    """The verdict on one row; ``new`` marks a client that is still to be written."""

    row: Row
    verdict: Verdict
    match: Match = Match()
    matched_by: tuple[Sign, ...] = ()
    problems: Problems = field(default_factory=dict)
    new: bool = False


def fingerprint(content: Mapping[str, Any]) -> str:
    """Tells the content of a row from another's: SHA-256 of its JSON, in hexadecimal."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def keys(row: Row) -> list[Key]:
    """Everything by which the row's client could be known already."""
    found: list[Key] = [(Sign.EXTERNAL_ID, row.external_id)] if row.external_id else []
    signs = {ContactKind.EMAIL: Sign.EMAIL, ContactKind.PHONE: Sign.PHONE}
    found += [(signs[contact.kind], contact.value) for contact in contacts(row.details)]
    if row.details.birth_date:
        found.append(name_and_birth_date(row.details))
    return found


def name_and_birth_date(details: Details) -> Key:
    """The key under which namesakes born on one day meet."""
    name = search.sort_name(details.given_name, details.family_name, details.name)
    return Sign.NAME_AND_BIRTH_DATE, f"{name}|{details.birth_date}"


def judge(rows: Iterable[Row], known: Known, earlier: Mapping[int, Earlier]) -> list[Judgement]:
    """The verdict on each row, in their order; a row counts as known to those after it."""
    seen = dict(known)
    judgements = []
    for row in rows:
        judgement = _judge(row, seen, earlier.get(row.row))
        judgements.append(judgement)
        if judgement.new:
            for key in keys(row):
                seen.setdefault(key, Match(row=row.row))
    return judgements


def _judge(row: Row, known: Known, earlier: Earlier | None) -> Judgement:
    if earlier is not None:
        return _again(row, earlier)
    if row.problems:
        return Judgement(row, Verdict.REFUSED, problems=row.problems)
    matches = [(key[0], known[key]) for key in keys(row) if key in known]
    if row.create_anyway:  # a person has looked at it; the same external id is still the same
        matches = [(sign, match) for sign, match in matches if sign is Sign.EXTERNAL_ID]
    if not matches:
        return Judgement(row, Verdict.CREATED, new=True)
    signs = tuple(dict.fromkeys(sign for sign, _ in matches))
    only_possible = signs == (Sign.NAME_AND_BIRTH_DATE,)
    verdict = Verdict.POSSIBLE_DUPLICATE if only_possible else Verdict.DUPLICATE
    return Judgement(row, verdict, matches[0][1], signs)


def _again(row: Row, earlier: Earlier) -> Judgement:
    """A repeated row is answered as before, unless it now says something else."""
    if earlier.fingerprint == row.fingerprint:
        return Judgement(row, Verdict.CREATED, Match(client_id=earlier.client_id))
    problems = {"row": ["This row of the batch was already imported with other content."]}
    return Judgement(row, Verdict.REFUSED, Match(client_id=earlier.client_id), problems=problems)
