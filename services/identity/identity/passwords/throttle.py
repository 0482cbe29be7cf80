"""Slowing attempts down: a few are free, then each costs a longer pause. Nobody is locked out."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chassis.addresses import address_key
from chassis.links import fingerprint
from identity.passwords.errors import TooManyAttempts

# Two processes' clocks, or two transactions of which the older waited for the younger.
CLOCKS_DIFFER = timedelta(minutes=1)


@dataclass(frozen=True)
class Pace:
    """How many attempts are `free` in a `window`, and the pauses after each further one."""

    free: int
    window: timedelta
    first_pause: timedelta
    longest_pause: timedelta

    def pause(self, attempts: int) -> timedelta:
        """Return how long to wait after that many attempts: doubling, up to the longest."""
        over = attempts - self.free
        if over < 0:
            return timedelta()
        doubled = self.first_pause * (1 << min(over, 30))  # by then every pause is the longest
        return min(doubled, self.longest_pause)


# Guessing at one password: about 25 tries in the first hour from all unknown devices together,
# and as many from each known device and with each mailed link.
GUESSES = Pace(5, timedelta(hours=1), timedelta(seconds=1), timedelta(minutes=5))
# Mails to one mailbox that anybody can ask for: 33 a day at most. No pause is longer than a mailed
# link is good, so whoever reads the mailbox always has one that works, whoever asked for it.
MAILS = Pace(5, timedelta(days=1), timedelta(minutes=1), timedelta(hours=1))


@dataclass(eq=False)
class Throttle:
    """The attempts on one subject since `counted_since`."""

    subject: str
    counted_since: datetime
    attempts: int = 0
    open_at: datetime | None = None

    def admit(self, pace: Pace, now: datetime) -> None:
        """Count an attempt. Raises TooManyAttempts, uncounted, during a pause.

        What is refused does not lengthen the pause. Whoever guesses at each end of it keeps it
        going all the same, so owners have counts of their own: by device, and by mailed link.
        """
        if not self._is_current(pace, now):
            self.reset(now)
        if self.open_at is not None and now < self.open_at:
            seconds = math.ceil((self.open_at - now).total_seconds())
            raise TooManyAttempts("Too many attempts. Wait a little.", retry_after=seconds)
        self.attempts += 1
        pause = pace.pause(self.attempts)
        self.open_at = now + pause if pause else None

    def _is_current(self, pace: Pace, now: datetime) -> bool:
        """Return False once its window and last pause are over, or when the clock was set back."""
        end = max(self.counted_since + pace.window, self.open_at or self.counted_since)
        return self.counted_since - CLOCKS_DIFFER <= now < end

    def reset(self, now: datetime) -> None:
        """Begin to count anew: the right password was given, or time has passed."""
        self.counted_since = now
        self.attempts = 0
        self.open_at = None


def guesses_at(email: str) -> str:
    """Return the subject under which guesses from unknown devices at this address are counted."""
    return f"guess:{fingerprint(address_key(email))}"


def guesses_from(device_id: Any) -> str:
    """Return the subject under which guesses from one known device are counted."""
    return f"device:{device_id}"


def mails_to(email: str) -> str:
    """Return the subject under which mails that anybody can cause are counted."""
    return f"mail:{fingerprint(address_key(email))}"
