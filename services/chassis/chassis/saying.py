"""Saying what lasts: once when it begins, and then each minute."""

import logging
import time

AGAIN_AFTER = 60.0  # seconds


class Rarely:
    """Warnings of one place; ``over`` when what they were about has ended."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log
        self._said: dict[str, float] = {}  # state -> when on the clock of time.monotonic

    def warn(self, state: str, message: str, *arguments: object) -> None:
        """Log ``message``, unless ``state`` was logged less than a minute ago."""
        now = time.monotonic()
        if now - self._said.get(state, -AGAIN_AFTER) >= AGAIN_AFTER:
            self._said[state] = now
            self._log.warning(message, *arguments)

    def over(self) -> None:
        """Forget what was said: what comes next is news again."""
        self._said.clear()
