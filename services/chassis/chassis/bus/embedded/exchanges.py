"""Exchanges: which queues take a message with this routing key."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from amqp.exceptions import PreconditionFailed

from chassis.bus.embedded.queues import Queue


@lru_cache(maxsize=4096)
def topic_matches(pattern: str, routing_key: str) -> bool:
    """Match by AMQP's rules: ``*`` stands for exactly one word, ``#`` for any number, even none."""

    def match(patterns: list[str], words: list[str]) -> bool:
        if not patterns:
            return not words
        first, *rest = patterns
        if first == "#":
            return any(match(rest, words[skipped:]) for skipped in range(len(words) + 1))
        return bool(words) and first in ("*", words[0]) and match(rest, words[1:])

    return match(pattern.split("."), routing_key.split("."))


def _fanout(pattern: str, routing_key: str) -> bool:
    return True


MATCHERS: dict[str, Callable[[str, str], bool]] = {
    "direct": str.__eq__,
    "topic": topic_matches,
    "fanout": _fanout,
}


@dataclass(frozen=True)
class Declaration:
    """What an entity was declared as; declaring it again differently is an error."""

    type: str = "queue"
    durable: bool = True
    exclusive: bool = False
    auto_delete: bool = False
    arguments: dict[str, Any] = field(default_factory=dict)

    def require(self, other: "Declaration", name: str) -> None:
        """Raise PreconditionFailed unless both say the same."""
        if self != other:
            raise PreconditionFailed(f"PRECONDITION_FAILED - inequivalent declaration of {name!r}")


@dataclass(slots=True)
class Exchange:
    """A routing table, by queue name and pattern."""

    declared_as: Declaration
    bindings: dict[tuple[str, str], Queue] = field(default_factory=dict)

    def route(self, routing_key: str) -> list[Queue]:
        """Return the queues that take this key, each once, in the order of their binding."""
        matches = MATCHERS[self.declared_as.type]
        taking = [
            queue for (_, pattern), queue in self.bindings.items() if matches(pattern, routing_key)
        ]
        return list(dict.fromkeys(taking))
