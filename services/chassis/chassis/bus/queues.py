"""Consuming from a service's queues, of which the broker may have one otherwise than we say."""

import logging
from collections.abc import Callable, Iterable
from functools import partial
from time import monotonic
from typing import Any

from amqp.exceptions import AccessRefused, NotAllowed, PreconditionFailed
from nameko.exceptions import ConfigurationError

from chassis.bus import rights
from chassis.bus.declaring import Declarer, answered, describe
from chassis.bus.stopping import StoppingConsumer
from chassis.saying import Rarely

log = logging.getLogger(__name__)

DIRECT_REPLY_TO = "amq.rabbitmq.reply-to"
REFUSALS = (AccessRefused, NotAllowed, PreconditionFailed)  # waiting does not cure these
TRY_AGAIN_SECONDS = 30.0  # before a queue that existed otherwise is declared again


class ConsumerOfQueues(StoppingConsumer):
    """One consumer per provider; who has a queue that exists otherwise goes without, and waits."""

    _consumer_cls: Callable[..., Any]  # kombu's, on the channel of this connection
    _dispatch: Callable[..., None]

    def __init__(self) -> None:
        self._try_again_at = 0.0
        self._left_out = Rarely(log)
        super().__init__()

    def on_iteration(self) -> None:
        """Try again, now and then, what the broker had otherwise (a hook of kombu's)."""
        super().on_iteration()
        waiting = self._otherwise - self._leaving
        if waiting and monotonic() >= self._try_again_at and self._channel is not None:
            self._set_up(self._channel, waiting)

    def _set_up(self, channel: Any, providers: Iterable[Any]) -> None:
        """Consume for these; who has a queue that exists otherwise is left out, and waits."""
        before, self._otherwise = self._otherwise, self._otherwise.difference(providers)
        declarer = Declarer(channel.connection.channel)
        for provider in providers:
            try:
                if refusal := self._refusal(declarer, provider):
                    self._leave_out(provider, refusal)
                else:
                    self._consumers[provider] = self._consumer(provider)
                    if provider in before:
                        log.warning("queue %s is as it should be again", provider.queue.name)
            except REFUSALS as exc:
                if self._consumers_ready.ready():
                    raise  # it was fine before: a broker in trouble, not a wrong configuration
                right = rights.missing(exc) if isinstance(exc, AccessRefused) else ""
                about = f"queue {provider.queue.name}" + (
                    f", the right to {right}" if right else ""
                )
                raise ConfigurationError(f"{about}: {exc}") from exc
        declarer.close()

    def _refusal(self, declarer: Declarer, provider: Any) -> PreconditionFailed | None:
        direct = provider.queue.name == DIRECT_REPLY_TO
        return None if direct else declarer.refusal(provider.queue)

    def _leave_out(self, provider: Any, refusal: PreconditionFailed) -> None:
        if provider.is_vital and not self._consumers_ready.ready():
            raise refusal
        self._otherwise.add(provider)
        self._try_again_at = monotonic() + TRY_AGAIN_SECONDS
        self._left_out.warn(provider.queue.name, "%s", describe(provider.queue, refusal))

    def _consumer(self, provider: Any) -> Any:
        consumer = self._consumer_cls(
            queues=[provider.queue],
            no_ack=provider.queue.name == DIRECT_REPLY_TO,
            auto_declare=False,
            on_message=partial(self._dispatch, provider),
        )
        consumer.qos(prefetch_count=provider.prefetch or self.prefetch_count)
        with answered():
            consumer.consume()  # now, because the limit is for consumers started after it
        return consumer
