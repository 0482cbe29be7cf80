"""Departures: planned before groups is asked, carried out once."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clients.departures.departure import Cancelling, Choice, Departure
from clients.departures.tables import departure_receivers, departures
from clients.handovers.handover import HandedOverBy

_IS_ONE = departures.c.departure_id == sa.bindparam("of_departure")
_ADD = sa.insert(departures)
_ADD_RECEIVERS = sa.insert(departure_receivers)
_ONE = sa.select(departures).where(_IS_ONE)
_ONE_HELD = _ONE.with_for_update()
_CARRIED_OUT = (
    sa.select(departures)
    .where(
        departures.c.member_id == sa.bindparam("of_member"),
        departures.c.carried_out_at.is_not(None),
    )
    .limit(1)
)
_END = (
    sa.update(departures)
    .where(_IS_ONE)
    .values(carried_out_at=sa.bindparam("now"), handover_id=sa.bindparam("by_handover"))
)
_OF_ONE = departure_receivers.c.departure_id == sa.bindparam("of_departure")
_RECEIVERS = sa.select(departure_receivers).where(_OF_ONE)
_DROP_RECEIVERS = sa.delete(departure_receivers).where(_OF_ONE)
_DROP = sa.delete(departures).where(_IS_ONE, departures.c.carried_out_at.is_(None))


def add_departure(session: Session, departure: Departure, now: datetime) -> None:
    """Keep the plan, and which client is whose by it."""
    row = {
        "departure_id": departure.departure_id,
        "firm_id": departure.firm_id,
        "member_id": departure.member_id,
        "keep_clients": departure.choice.keep,
        "by_account_id": departure.by.account_id,
        "by_member_id": departure.by.member_id,
        "by_name": departure.by.name,
        "planned_at": now,
        "cancel_all": departure.cancelling.all,
        "cancel_invitations": sorted(str(one) for one in departure.cancelling.ids),
    }
    session.execute(_ADD, row)
    receivers = [
        {"departure_id": departure.departure_id, "client_id": client_id, "member_id": member_id}
        for client_id, member_id in departure.choice.receivers.items()
    ]
    if receivers:
        session.execute(_ADD_RECEIVERS, receivers)


def find_departure(session: Session, departure_id: UUID) -> Departure | None:
    """Return the plan, or None."""
    return _one(session, _ONE, of_departure=departure_id)


def lock_departure(session: Session, departure_id: UUID) -> Departure | None:
    """Return the plan, held until the transaction ends, or None."""
    return _one(session, _ONE_HELD, of_departure=departure_id)


def find_departure_of(session: Session, member_id: UUID) -> Departure | None:
    """Return the departure of this member that was carried out, or None."""
    return _one(session, _CARRIED_OUT, of_member=member_id)


def end_departure(
    session: Session, departure_id: UUID, now: datetime, handover_id: UUID | None
) -> None:
    """Record that the plan has been carried out."""
    done = {"of_departure": departure_id, "now": now, "by_handover": handover_id}
    session.execute(_END, done)


def drop_departure(session: Session, departure_id: UUID) -> None:
    """Drop the plan of a removal that was refused, so that it is in force no more."""
    session.execute(_DROP_RECEIVERS, {"of_departure": departure_id})
    session.execute(_DROP, {"of_departure": departure_id})


def _one(session: Session, query: sa.Select[Any], **asked: UUID) -> Departure | None:
    row = session.execute(query, asked).one_or_none()
    if row is None:
        return None
    receivers = session.execute(_RECEIVERS, {"of_departure": row.departure_id})
    named = row.cancel_invitations or []
    choice = Choice(row.keep_clients, {found.client_id: found.member_id for found in receivers})
    return Departure(
        departure_id=row.departure_id,
        firm_id=row.firm_id,
        member_id=row.member_id,
        choice=choice,
        by=HandedOverBy(row.by_account_id, row.by_name, row.by_member_id),
        carried_out=row.carried_out_at is not None,
        handover_id=row.handover_id,
        cancelling=Cancelling(bool(row.cancel_all), frozenset(map(UUID, named))),
    )
