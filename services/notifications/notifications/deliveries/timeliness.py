"""What time alone changes in a mail that waits, and facts that are kept here anyway."""

from datetime import UTC, date, datetime
from typing import Any

from notifications.mails.letter import Kind
from notifications.mails.mail import Mail
from notifications.mails.overtaking import Cause


def is_over(mail: Mail, now: datetime) -> Cause | None:
    """Return what has ended by itself since the mail was owed: a day that it warns of."""
    if mail.kind is Kind.LICENSE_WARNING and _days_left(mail, now) < 0:
        return Cause.LICENSES_ENDED
    return None


def brought_up_to_date(mail: Mail, now: datetime, role: str | None) -> dict[str, Any]:
    """Return the facts as they are when the mail leaves.

    ``role`` is what a welcomed member is now.
    """
    if mail.kind is Kind.LICENSE_WARNING:
        return {**mail.facts, "days_left": _days_left(mail, now)}
    if mail.kind is Kind.WELCOME and role:
        return {**mail.facts, "role": role}
    if mail.kind is Kind.INVITATION_EXPIRED:
        return {"by_you": True, **mail.facts}  # so were all that are owed from before it was told
    return mail.facts


def _days_left(mail: Mail, now: datetime) -> int:
    """Return the days left to the end of the last day, which is over at 24:00 UTC."""
    last = date.fromisoformat(mail.facts["paid_through"])
    return (last - now.astimezone(UTC).date()).days
