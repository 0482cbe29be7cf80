"""Queries on devices that people log in from."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from identity.domain.device import Device
from identity.domain.link import digest
from identity.storage.tables import credentials, devices


def find_device(
    session: Session, account_id: UUID, token: str | None, now: datetime
) -> Device | None:
    """The device of that account which holds the token; None for any other, and a forgotten one."""
    if token is None:
        return None
    mine = sa.select(Device).where(devices.c.digest == digest(token), devices.c.expires_at > now)
    return session.scalar(mine.where(devices.c.account_id == account_id))


def forget_devices(session: Session, account_id: UUID, keep: UUID | None = None) -> None:
    """The account's devices are known no more, but the one to `keep`."""
    mine = sa.delete(devices).where(devices.c.account_id == account_id)
    session.execute(mine if keep is None else mine.where(devices.c.id != keep))


def forget_access(session: Session, account_id: UUID) -> None:
    """Nobody can log in to the account any more: it has no password and no devices."""
    session.execute(sa.delete(credentials).where(credentials.c.account_id == account_id))
    forget_devices(session, account_id)
