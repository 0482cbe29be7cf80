"""Bells, the changes behind them and who has opened them: every query.

Whoever numbers, opens or forgets changes holds the client's bell, so a number is never passed by
one that commits later. What a home page costs depends on its own rows only.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.commands import insert_or_skip
from chassis.paging import Paged
from chassis.tables import Instant
from notifications.bells.bell import Bell, seen_by
from notifications.bells.tables import bells, changes, openings

_ONE = sa.select(Bell).where(bells.c.client_id == sa.bindparam("of_client")).with_for_update()
_KNOWN_CHANGE = sa.select(changes.c.id).where(
    changes.c.client_id == sa.bindparam("of_client"),
    changes.c.entry_id == sa.bindparam("of_entry"),
    changes.c.entry_version == sa.bindparam("of_version"),
)
_ADD = sa.insert(changes)
_OPEN = (
    sa.update(openings)
    .where(
        openings.c.member_id == sa.bindparam("of_member"),
        openings.c.client_id == sa.bindparam("of_client"),
    )
    .values(through=sa.bindparam("seen"))
)
_FORGET_OPENINGS = sa.delete(openings).where(openings.c.member_id == sa.bindparam("of_member"))
_NUMBERS = sa.select(
    bells.c.client_id,
    bells.c.last_number,
    bells.c.seen_through,
    sa.func.coalesce(openings.c.through, 0).label("own"),
).select_from(
    bells.outerjoin(
        openings,
        (openings.c.client_id == bells.c.client_id)
        & (openings.c.member_id == sa.bindparam("of_member")),
    )
)
_COUNTED = _NUMBERS.where(bells.c.client_id.in_(sa.bindparam("clients", expanding=True)))
_WAITING = _NUMBERS.where(
    bells.c.assigned_member_id == sa.bindparam("of_member"),
    bells.c.firm_id == sa.bindparam("of_firm"),
    bells.c.connected,
    bells.c.last_number > bells.c.seen_through,
)
_OLD = changes.c.changed_at < sa.bindparam("before", type_=Instant)
_WITH_OLD = sa.select(changes.c.client_id).where(_OLD)
_NEWEST_OLD = sa.select(sa.func.max(changes.c.number)).where(
    changes.c.client_id == sa.bindparam("of_client"), _OLD
)
_FORGET = sa.delete(changes).where(
    changes.c.client_id == sa.bindparam("of_client"), changes.c.number <= sa.bindparam("last")
)
_BY_MEMBER: sa.BindParameter[UUID] = sa.bindparam("by_member")
_TOLD = (
    sa.select(
        changes,
        bells.c.client_name,
        bells.c.seen_through,
        sa.func.coalesce(openings.c.through, 0).label("opened"),
    )
    .join_from(changes, bells, bells.c.client_id == changes.c.client_id)
    .outerjoin(
        openings,
        (openings.c.client_id == changes.c.client_id) & (openings.c.member_id == _BY_MEMBER),
    )
)
_OF_CLIENT = Paged(
    _TOLD.where(changes.c.client_id == sa.bindparam("of_client")),
    changes.c.number,
    descending=True,
)
_BELL = Paged(
    _TOLD.where(
        bells.c.assigned_member_id == _BY_MEMBER,
        bells.c.firm_id == sa.bindparam("of_firm"),
        bells.c.connected,
    ),
    changes.c.id,
    descending=True,
)


def lock_bell(session: Session, client: dict[str, Any]) -> Bell:
    """Return the client's bell, held until the transaction ends; it is hung up if there is none.

    Of ``client`` only a bell that is new takes anything; its version is 0, so that news win.
    """
    names = ("client_id", "firm_id", "client_name", "assigned_member_id")
    _hang_up(session, {name: client[name] for name in names}, version=0, connected=True)
    return _lock(session, client["client_id"])


def learn(session: Session, client: dict[str, Any], connected: bool) -> None:
    """Keep the client's state, unless something newer is known."""
    names = ("client_id", "firm_id", "client_name", "assigned_member_id", "version")
    state = {**{name: client[name] for name in names}, "connected": connected}
    if not _hang_up(session, state):
        _lock(session, state.pop("client_id")).learn(**state)


def _hang_up(session: Session, fresh: dict[str, Any], **more: Any) -> bool:
    """Hang a bell up for a client that has had none; returns whether it had none."""
    row = {**fresh, **more, "last_number": 0, "seen_through": 0}
    return bool(insert_or_skip(session, bells, row))


def _lock(session: Session, client_id: UUID) -> Bell:
    return session.scalars(_ONE, {"of_client": client_id}).one()


def find_change(session: Session, client_id: UUID, entry_id: UUID, version: int) -> UUID | None:
    """Return the id of that version's change if it was told before."""
    asked = {"of_client": client_id, "of_entry": entry_id, "of_version": version}
    return session.scalar(_KNOWN_CHANGE, asked)


def add_change(session: Session, change: dict[str, Any]) -> None:
    """Keep one change."""
    session.execute(_ADD, change)


def open_bell(session: Session, member_id: UUID, client_id: UUID, through: int) -> None:
    """Record that the member has seen the client's changes up to that number."""
    row = {"member_id": member_id, "client_id": client_id, "through": through}
    if not insert_or_skip(session, openings, row):
        mine = {"of_member": member_id, "of_client": client_id}
        session.execute(_OPEN, {**mine, "seen": through})


def forget_openings(session: Session, member_id: UUID) -> None:
    """Forget what somebody has seen who left the firm: it is nobody's business any more."""
    session.execute(_FORGET_OPENINGS, {"of_member": member_id})


def count_unseen(session: Session, member_id: UUID, client_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return per client how many changes are unseen, were it this member's; zeros are left out."""
    rows = session.execute(_COUNTED, {"of_member": member_id, "clients": list(client_ids)})
    unseen = {
        row.client_id: row.last_number - seen_by(member_id, member_id, row.seen_through, row.own)
        for row in rows
    }
    return {client_id: number for client_id, number in unseen.items() if number > 0}


def count_waiting(session: Session, firm_id: UUID, member_id: UUID) -> int:
    """Return how many changes of the member's own linked clients are unseen."""
    rows = session.execute(_WAITING, {"of_member": member_id, "of_firm": firm_id})
    return sum(
        max(0, row.last_number - seen_by(member_id, member_id, row.seen_through, row.own))
        for row in rows
    )


def list_changes(
    session: Session,
    member_id: UUID,
    assigned_member_id: UUID | None,
    client_id: UUID,
    limit: int,
    cursor: str | None,
) -> dict[str, Any]:
    """Return one page of what the client changed, newest first, ``seen`` or not by this member.

    Raises InvalidCursor.
    """
    found = _OF_CLIENT.read(session, limit, cursor, of_client=client_id, by_member=member_id)
    found["items"] = [_shown(row, member_id, assigned_member_id) for row in found["items"]]
    return found


def list_bell(
    session: Session, firm_id: UUID, member_id: UUID, limit: int, cursor: str | None
) -> dict[str, Any]:
    """Return one page of the changes of the member's own linked clients, newest first.

    Raises InvalidCursor.
    """
    found = _BELL.read(session, limit, cursor, of_firm=firm_id, by_member=member_id)
    found["items"] = [_shown(row, member_id, member_id) for row in found["items"]]
    return found


def clients_with_changes(before: datetime) -> sa.Select[tuple[UUID]]:
    """Select clients with changes from before then."""
    return _WITH_OLD.params(before=before)


def newest_change(session: Session, client_id: UUID, before: datetime) -> int:
    """Return the number of the client's newest change from before then; 0 where there is none."""
    return session.scalar(_NEWEST_OLD, {"of_client": client_id, "before": before}) or 0


def forget_changes(session: Session, client_id: UUID, through: int) -> None:
    """Forget the client's changes up to that number, and that they were unseen."""
    _lock(session, client_id).forget_through(through)
    session.execute(_FORGET, {"of_client": client_id, "last": through})


def _shown(row: Any, member_id: UUID, assigned_member_id: UUID | None) -> dict[str, Any]:
    seen = seen_by(member_id, assigned_member_id, row["seen_through"], row["opened"])
    return {**row, "change_id": row["id"], "seen": row["number"] <= seen}
