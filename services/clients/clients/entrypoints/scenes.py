"""A firm as it is and as it would be: who is in it, and where its clients are.

Previews ask here; a property test proves that what really happens is the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from clients import storage
from clients.domain.access import Role, Viewer
from clients.domain.effects import Batch, Effect, Person, batches_of, effects
from clients.domain.handover import Move
from clients.domain.place import Place

NEW = UUID(int=0)  # stands for a membership that is not made yet; nobody's client is its


def inviting(session: Session, firm_id: UUID, people: Iterable[tuple[str, Role]]) -> list[Effect]:
    """What invitees would see of the firm once they have joined; of theirs nothing is said."""
    policy = storage.policy_of(session, firm_id)
    invitees = [
        Person(None, name, None, Viewer(NEW, firm_id, role, policy=policy)) for name, role in people
    ]
    return effects(invitees, _firm(session, firm_id))


def joining(
    session: Session, account_id: UUID, name: str, firm_id: UUID, role: Role, left: UUID | None
) -> list[Effect]:
    """What the joiner would see of the firm, and its members of the joiner's clients (S1-36)."""
    policy = storage.policy_of(session, firm_id)
    after = Viewer(NEW, firm_id, role, policy=policy)
    joiner = Person(None, name, storage.find_viewer(session, account_id), after)
    there = Place(firm_id, NEW if after.works_on_clients else None)
    coming = [
        Batch(place, there, quantity)
        for place, quantity in (storage.count_clients(session, [left]) if left else {}).items()
    ]
    return effects([joiner, *_members(session, firm_id)], coming + _firm(session, firm_id))


def changing_role(session: Session, firm_id: UUID, member_id: UUID, role: Role) -> list[Effect]:
    """What a member would see more or less of; who works on clients no more leaves theirs."""
    people = [
        replace(person, after=replace(person.after, role=role))
        if person.member_id == member_id and person.after
        else person
        for person in _members(session, firm_id)
    ]
    moved = {Place(firm_id, member_id): Place(firm_id, None)} if role is Role.BILLING_ONLY else {}
    return effects(people, _firm(session, firm_id, moved))


def removing(
    session: Session, firm_id: UUID, member_id: UUID, home_firm_id: UUID | None, keep: bool
) -> list[Effect]:
    """What the leaver would see no more, and with their clients let go also the others."""
    home = Place(home_firm_id or NEW, NEW)
    alone = Viewer(NEW, home.firm_id, Role.ADMIN)
    people = [
        replace(person, after=alone) if person.member_id == member_id else person
        for person in _members(session, firm_id)
    ]
    there = Place(firm_id, None) if keep else home
    return effects(people, _firm(session, firm_id, {Place(firm_id, member_id): there}))


def reassigning(session: Session, firm_id: UUID, moves: Iterable[Move]) -> list[Effect]:
    """What the members would see more or less of, once these clients are given away."""
    return effects(_members(session, firm_id), batches_of(moves))


def _members(session: Session, firm_id: UUID) -> list[Person]:
    return [
        Person(viewer.member_id, name, viewer, viewer)
        for name, viewer in storage.active_members(session, firm_id)
    ]


def _firm(
    session: Session, firm_id: UUID, moved: Mapping[Place, Place] | None = None
) -> list[Batch]:
    counted = storage.count_clients(session, [firm_id])
    return [
        Batch(place, (moved or {}).get(place, place), quantity)
        for place, quantity in counted.items()
    ]
