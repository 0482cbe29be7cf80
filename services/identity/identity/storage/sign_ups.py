"""Queries on sign-ups that wait for somebody to show whose the address is."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from identity.domain.errors import SignUpNotFound
from identity.domain.sign_up import SignUp
from identity.storage.tables import sign_ups


def get_sign_up(session: Session, sign_up_id: UUID, account_id: UUID) -> SignUp:
    """The sign-up with that account's address. Raises SignUpNotFound."""
    found = session.get(SignUp, sign_up_id)
    if found is None or found.account_id != account_id:
        raise SignUpNotFound("There is no such sign-up.")
    return found


def list_sign_ups(session: Session, account_id: UUID, limit: int) -> list[SignUp]:
    """The newest of those that wait beside an account."""
    mine = sa.select(SignUp).where(sign_ups.c.account_id == account_id)
    return list(session.scalars(mine.order_by(sign_ups.c.id.desc()).limit(limit)))


def forget_sign_ups(session: Session, account_id: UUID) -> None:
    """It is known whose the address is: none of those beside the account stands any more."""
    session.execute(sa.delete(sign_ups).where(sign_ups.c.account_id == account_id))
