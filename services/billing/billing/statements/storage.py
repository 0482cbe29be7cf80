"""Queries on statements."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from billing.firms import storage as firms
from billing.statements.errors import StatementNotFound
from billing.statements.statement import Statement
from billing.statements.tables import statements
from chassis.paging import Paged

_OF_FIRM = sa.select(Statement).where(statements.c.firm_id == sa.bindparam("of_firm"))
_STATEMENTS = Paged(_OF_FIRM, statements.c.statement_id, descending=True)
_STATEMENT = _OF_FIRM.where(statements.c.statement_id == sa.bindparam("of_statement"))
_OF_ORDER = sa.select(Statement).where(statements.c.order_id == sa.bindparam("of_order"))
_OLDEST_FIRST = _OF_FIRM.order_by(statements.c.statement_id)
_SUSPENDING = _OLDEST_FIRST.where(statements.c.suspended.is_(True)).limit(1)
_TO_CHASE = _OLDEST_FIRST.where(statements.c.next_step_at <= sa.bindparam("now"))


def get_statement(session: Session, firm_id: UUID, statement_id: UUID) -> Statement:
    """Return the firm's statement. Raises StatementNotFound, for another firm's too."""
    mine = {"of_firm": firm_id, "of_statement": statement_id}
    found = session.scalars(_STATEMENT, mine).one_or_none()
    if found is None:
        raise StatementNotFound("there is no such statement")
    return found


def list_statements(
    session: Session, firm_id: UUID, limit: int, cursor: str | None
) -> dict[str, Any]:
    """Return a page of the firm's statements, the newest first. Raises InvalidCursor."""
    return _STATEMENTS.read(session, limit, cursor, of_firm=firm_id)


def find_statement_of_order(session: Session, order_id: UUID) -> Statement | None:
    """Return the statement that this order pays, if it pays one."""
    return session.scalars(_OF_ORDER, {"of_order": order_id}).one_or_none()


def find_suspending(session: Session, firm_id: UUID) -> Statement | None:
    """Return a statement of the firm whose grace is over."""
    return session.scalars(_SUSPENDING, {"of_firm": firm_id}).one_or_none()


def firms_to_chase(now: datetime) -> sa.Select[tuple[UUID]]:
    """Select firms with a statement about which something is to be done now; no closed ones."""
    return sa.select(statements.c.firm_id).where(
        statements.c.next_step_at <= now, statements.c.firm_id.not_in(firms.closed_firms())
    )


def list_to_chase(session: Session, firm_id: UUID, now: datetime) -> Sequence[Statement]:
    """Return the firm's statements about which something is to be done now, the oldest first.

    The caller holds the firm's subscription, so nobody else does it.
    """
    return session.scalars(_TO_CHASE, {"of_firm": firm_id, "now": now}).all()
