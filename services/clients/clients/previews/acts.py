"""A firm as it is and as it would be, and how that is shown to one asker.

Previews ask here; a property test proves that what really happens is the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from clients.handovers.handover import Move
from clients.members import storage as members
from clients.members.viewer import Role, Viewer
from clients.previews import storage
from clients.previews.effects import NAMES_SHOWN, Batch, Effect, Person, batches_of, effects
from clients.records.client import Ownership

NEW = UUID(int=0)  # stands for a membership that is not made yet; nobody's client is its


def inviting(session: Session, firm_id: UUID, people: Iterable[tuple[str, Role]]) -> list[Effect]:
    """Return what invitees would see of the firm once they have joined, but nothing of theirs."""
    policy = members.policy_of(session, firm_id)
    invitees = [
        Person(None, name, None, Viewer(NEW, firm_id, role, policy=policy)) for name, role in people
    ]
    return effects(invitees, _firm(session, firm_id))


def joining(
    session: Session, account_id: UUID, name: str, firm_id: UUID, role: Role, left: UUID | None
) -> list[Effect]:
    """Return what a joiner would see, and the firm's members of the joiner's clients (S1-36)."""
    policy = members.policy_of(session, firm_id)
    after = Viewer(NEW, firm_id, role, policy=policy)
    joiner = Person(None, name, members.find_viewer(session, account_id), after)
    there = Ownership(firm_id, NEW if after.works_on_clients else None)
    coming = [
        Batch(place, there, quantity)
        for place, quantity in (storage.count_clients(session, [left]) if left else {}).items()
    ]
    return effects([joiner, *_members(session, firm_id)], coming + _firm(session, firm_id))


def changing_role(session: Session, firm_id: UUID, member_id: UUID, role: Role) -> list[Effect]:
    """Return what a member would see more or less of in another role.

    Who works on clients no more leaves theirs.
    """
    people = [
        replace(person, after=replace(person.after, role=role))
        if person.member_id == member_id and person.after
        else person
        for person in _members(session, firm_id)
    ]
    moved = (
        {Ownership(firm_id, member_id): Ownership(firm_id, None)}
        if role is Role.BILLING_ONLY
        else {}
    )
    return effects(people, _firm(session, firm_id, moved))


def removing(
    session: Session, firm_id: UUID, member_id: UUID, home_firm_id: UUID | None, keep: bool
) -> list[Effect]:
    """Return what the leaver would see no more, and with their clients let go also the others."""
    home = Ownership(home_firm_id or NEW, NEW)
    alone = Viewer(NEW, home.firm_id, Role.ADMIN)
    people = [
        replace(person, after=alone) if person.member_id == member_id else person
        for person in _members(session, firm_id)
    ]
    there = Ownership(firm_id, None) if keep else home
    return effects(people, _firm(session, firm_id, {Ownership(firm_id, member_id): there}))


def reassigning(session: Session, firm_id: UUID, moves: Iterable[Move]) -> list[Effect]:
    """Return what the members would see more or less of, once these clients are given away."""
    return effects(_members(session, firm_id), batches_of(moves))


def _members(session: Session, firm_id: UUID) -> list[Person]:
    return [
        Person(viewer.member_id, name, viewer, viewer)
        for name, viewer in members.active_members(session, firm_id)
    ]


def _firm(
    session: Session, firm_id: UUID, moved: Mapping[Ownership, Ownership] | None = None
) -> list[Batch]:
    counted = storage.count_clients(session, [firm_id])
    return [
        Batch(place, (moved or {}).get(place, place), quantity)
        for place, quantity in counted.items()
    ]


class Shower:
    """Shows effects to one asker; the names of a place are read once."""

    def __init__(self, session: Session, asker: Viewer) -> None:
        self.session = session
        self.asker = asker
        self._names: dict[Batch, list[str]] = {}

    def show(self, effects: Iterable[Effect]) -> list[dict[str, Any]]:
        """Return the effects as replies carry them."""
        return [
            {
                "member_id": effect.person.member_id,
                "name": effect.person.name,
                "gained": self._visible(effect.gained),
                "lost": self._visible(effect.lost),
            }
            for effect in effects
        ]

    def _visible(self, batches: tuple[Batch, ...]) -> dict[str, Any]:
        names: list[str] = []
        for batch in batches:
            if len(names) < NAMES_SHOWN:
                names += self._names_of(batch)
        return {
            "clients": sum(batch.quantity for batch in batches),
            "names": sorted(names[:NAMES_SHOWN]),
        }

    def _names_of(self, batch: Batch) -> list[str]:
        if batch not in self._names:
            self._names[batch] = (
                list(batch.names)
                if batch.names is not None
                else storage.names_at(self.session, self.asker, batch.before, NAMES_SHOWN)
            )
        return self._names[batch]


def worth(left: Iterable[dict[str, Any]], prices: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return licenses with what their year cost, where billing has told their order's price."""
    known = {price["order_id"]: price for price in prices}
    shown = []
    for licenses in left:
        price = known.get(licenses["order_id"])
        told = {name: price[name] for name in ("unit_amount", "currency")} if price else {}
        total = licenses["quantity"] * price["unit_amount"] if price else None
        shown.append({**licenses, **told, "total": total})
    return shown
