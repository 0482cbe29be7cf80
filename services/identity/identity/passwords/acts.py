"""Count attempts, in a transaction before the one that they are made for."""

from typing import Any

from identity.passwords import storage
from identity.passwords.throttle import Pace


def admit(tx: Any, subject: str, pace: Pace) -> None:
    """Count one attempt on the subject. Raises TooManyAttempts."""
    storage.lock_throttle(tx.session, subject, tx.now).admit(pace, tx.now)
