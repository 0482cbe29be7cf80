"""Declaring what a service needs on the broker, where some of it may exist otherwise already.

A declaration that does not fit what is there (406 PRECONDITION_FAILED) closes the channel it was
made on. It is about one queue, so nothing else may be on that channel, or end with it.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import eventlet
import kombu
from amqp.exceptions import PreconditionFailed

from chassis.bus import wire
from chassis.bus.wire import BROKEN

log = logging.getLogger(__name__)

PATIENCE = 2 * wire.HANDSHAKE  # seconds for one declaration: a line may have become silent


class Declarer:
    """Declares one thing after the other; ``open_channel`` gives it channels of its own."""

    def __init__(self, open_channel: Callable[[], Any]) -> None:
        self._open_channel = open_channel
        self._channel: Any = None

    def refusal(self, entity: kombu.Exchange | kombu.Queue) -> PreconditionFailed | None:
        """Return why the broker has it with other properties; None when it is there as asked for.

        A queue that exists otherwise is bound all the same: what is said meanwhile waits in it.
        Raises what else the broker refuses, and TimeoutError when it does not answer.
        """
        try:
            self._declare(entity)
        except PreconditionFailed as refusal:
            self._channel = None
            if isinstance(entity, kombu.Queue):
                self._bind(entity)
            return refusal
        return None

    def close(self) -> None:
        """Give the channel back."""
        if self._channel is not None:
            with answered():
                self._channel.close()

    def _declare(self, entity: kombu.Exchange | kombu.Queue) -> None:
        with answered():
            if self._channel is None:
                self._channel = self._open_channel()
            entity(self._channel).declare()

    def _bind(self, queue: kombu.Queue) -> None:
        try:
            with answered():
                channel = self._open_channel()
                queue(channel).queue_bind()
                channel.close()
        except BROKEN as exc:  # another one's exclusive queue, or no right to it: said above
            log.debug("queue %s cannot be bound: %r", queue.name, exc)


@contextmanager
def answered() -> Iterator[None]:
    """Have the broker answer soon what it is asked inside; raises TimeoutError otherwise."""
    with eventlet.Timeout(PATIENCE, TimeoutError("the broker does not answer")):
        yield


def describe(queue: kombu.Queue, refusal: PreconditionFailed) -> str:
    """Return a sentence for the log: which queue, and what is to be done."""
    return (
        f"queue {queue.name} exists on the broker with other properties, nothing is taken from it:"
        f" empty and delete it ({refusal.reply_text})"
    )
