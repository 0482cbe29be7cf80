"""Departures: planned before groups is asked, carried out once."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clients.departures.departure import Cancelling, Choice, Departure
from clients.departures.tables import departure_receivers, departures
from clients.handovers.handover import Author


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
    session.execute(sa.insert(departures), row)
    receivers = [
        {"departure_id": departure.departure_id, "client_id": client_id, "member_id": member_id}
        for client_id, member_id in departure.choice.receivers.items()
    ]
    if receivers:
        session.execute(sa.insert(departure_receivers), receivers)


def find_departure(session: Session, departure_id: UUID) -> Departure | None:
    """The plan, or None."""
    return _one(session, sa.select(departures).where(departures.c.departure_id == departure_id))


def lock_departure(session: Session, departure_id: UUID) -> Departure | None:
    """The plan, held until the transaction ends, or None."""
    mine = sa.select(departures).where(departures.c.departure_id == departure_id)
    return _one(session, mine.with_for_update())


def find_departure_of(session: Session, member_id: UUID) -> Departure | None:
    """The departure of this member that was carried out, or None."""
    done = departures.c.carried_out_at.is_not(None)
    return _one(session, sa.select(departures).where(departures.c.member_id == member_id, done))


def end_departure(
    session: Session, departure_id: UUID, now: datetime, handover_id: UUID | None
) -> None:
    """The plan has been carried out."""
    mine = departures.c.departure_id == departure_id
    done = {"carried_out_at": now, "handover_id": handover_id}
    session.execute(sa.update(departures).where(mine).values(done))


def drop_departure(session: Session, departure_id: UUID) -> None:
    """The removal was refused, so its plan is in force no more."""
    session.execute(
        sa.delete(departure_receivers).where(departure_receivers.c.departure_id == departure_id)
    )
    planned = departures.c.carried_out_at.is_(None)
    session.execute(sa.delete(departures).where(departures.c.departure_id == departure_id, planned))


def _one(session: Session, query: sa.Select[Any]) -> Departure | None:
    row = session.execute(query.limit(1)).one_or_none()
    if row is None:
        return None
    mine = departure_receivers.c.departure_id == row.departure_id
    receivers = session.execute(sa.select(departure_receivers).where(mine))
    named = row.cancel_invitations or []
    choice = Choice(row.keep_clients, {found.client_id: found.member_id for found in receivers})
    return Departure(
        departure_id=row.departure_id,
        firm_id=row.firm_id,
        member_id=row.member_id,
        choice=choice,
        by=Author(row.by_account_id, row.by_name, row.by_member_id),
        carried_out=row.carried_out_at is not None,
        handover_id=row.handover_id,
        cancelling=Cancelling(bool(row.cancel_all), frozenset(map(UUID, named))),
    )
