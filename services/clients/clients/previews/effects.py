"""What a change does to whom: the access rule asked twice, as things are and as they would be."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from clients.handovers.handover import Move
from clients.members.viewer import Viewer
from clients.records.access import reasons
from clients.records.client import Ownership

NAMES_SHOWN = 50


@dataclass(frozen=True)
class Batch:
    """Clients that are in one place and go to one place, or stay.

    ``names`` are known where clients were looked at one by one.
    """

    before: Ownership
    after: Ownership
    quantity: int
    names: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Person:
    """Somebody as a member before and after; without an id an invitee."""

    member_id: UUID | None
    name: str
    before: Viewer | None
    after: Viewer | None


@dataclass(frozen=True)
class Effect:
    """What a person comes to see, and what they see no more."""

    person: Person
    gained: tuple[Batch, ...]
    lost: tuple[Batch, ...]


def sees(viewer: Viewer | None, place: Ownership) -> bool:
    """Return whether clients in this place are visible to the viewer; nobody sees none."""
    return viewer is not None and bool(reasons(viewer, place))


def effects(people: Iterable[Person], batches: Iterable[Batch]) -> list[Effect]:
    """Return the effect on each person for whom something changes (S1-36, S1-52, S1-56)."""
    batches = list(batches)
    found = [_effect(person, batches) for person in people]
    return [effect for effect in found if effect.gained or effect.lost]


def batches_of(moves: Iterable[Move]) -> list[Batch]:
    """Return moves of single clients, those alike together."""
    names: dict[tuple[Ownership, Ownership], list[str]] = {}
    for move in moves:
        names.setdefault((move.before, move.after), []).append(move.client_name)
    return [
        Batch(before, after, len(alike), tuple(sorted(alike)[:NAMES_SHOWN]))
        for (before, after), alike in names.items()
    ]


def _effect(person: Person, batches: Iterable[Batch]) -> Effect:
    gained, lost = [], []
    for batch in batches:
        had, has = sees(person.before, batch.before), sees(person.after, batch.after)
        if has and not had:
            gained.append(batch)
        elif had and not has:
            lost.append(batch)
    return Effect(person, tuple(gained), tuple(lost))
