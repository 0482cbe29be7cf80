"""What is deleted once nobody can need it."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from identity.links.tables import email_changes, links, reset_requests
from identity.logins.tables import devices, login_sessions, refresh_tokens
from identity.passwords.tables import throttles

# So long a dead link or session still says why it is dead.
REMEMBERED = timedelta(days=30)


def forget_old(session: Session, now: datetime) -> int:
    """Delete what has been over for a month; how many rows that were."""
    before = now - REMEMBERED
    over = (
        sa.delete(links).where(links.c.expires_at < before),
        sa.delete(reset_requests).where(reset_requests.c.expires_at < before),
        sa.delete(email_changes).where(email_changes.c.expires_at < before),
        sa.delete(refresh_tokens).where(refresh_tokens.c.expires_at < now),
        sa.delete(devices).where(devices.c.expires_at < now),
        sa.delete(login_sessions).where(login_sessions.c.expires_at < before),
        sa.delete(throttles).where(throttles.c.counted_since < before),
    )
    return sum(session.execute(delete).rowcount for delete in over)  # type: ignore[attr-defined]
