"""What is deleted once nobody can need it."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from identity.links.tables import email_changes, links, reset_requests
from identity.logins.tables import devices, login_sessions, refresh_tokens
from identity.passwords.tables import throttles

# So long a dead link or session still says why it is dead.
REMEMBERED = timedelta(days=30)

_A_MONTH_AGO: sa.BindParameter[datetime] = sa.bindparam("a_month_ago")
_NOW: sa.BindParameter[datetime] = sa.bindparam("now")
_OVER = (
    sa.delete(links).where(links.c.expires_at < _A_MONTH_AGO),
    sa.delete(reset_requests).where(reset_requests.c.expires_at < _A_MONTH_AGO),
    sa.delete(email_changes).where(email_changes.c.expires_at < _A_MONTH_AGO),
    sa.delete(refresh_tokens).where(refresh_tokens.c.expires_at < _NOW),
    sa.delete(devices).where(devices.c.expires_at < _NOW),
    sa.delete(login_sessions).where(login_sessions.c.expires_at < _A_MONTH_AGO),
    sa.delete(throttles).where(throttles.c.counted_since < _A_MONTH_AGO),
)


def forget_old(session: Session, now: datetime) -> int:
    """Delete what has been over for a month; return how many rows that were."""
    times = {"a_month_ago": now - REMEMBERED, "now": now}
    return sum(session.execute(delete, times).rowcount for delete in _OVER)  # type: ignore[attr-defined]
