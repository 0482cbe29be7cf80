"""Who is asking, and who may: actors, and the callers that an entrypoint declares."""

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

PersonKind = Literal["professional", "client"]
ActorKind = Literal["professional", "client", "service", "public"]
_PEOPLE: tuple[PersonKind, ...] = ("professional", "client")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a message comes from, as their verified token says; ``public`` has no token."""

    kind: ActorKind
    account_id: UUID | None = None
    service: str | None = None
    name: str = ""
    email: str = ""
    verified: bool = False
    session_id: UUID | None = None

    @property
    def idempotency_scope(self) -> str:
        """Whose idempotency keys: the same key of another caller is another command."""
        if self.account_id is not None:
            return f"account:{self.account_id}"
        return f"service:{self.service}" if self.service else "public"

    @classmethod
    def of_service(cls, name: str) -> "Actor":
        """Return the service itself, for work that nobody asked for."""
        return cls("service", service=name)

    def describe(self) -> dict[str, str]:
        """Return what an event tells of its actor: the kind, and which account or service."""
        if self.account_id is not None:
            return {"kind": self.kind, "account_id": str(self.account_id)}
        return {"kind": self.kind, **({"service": self.service} if self.service else {})}


NOBODY = Actor("public")


@dataclass(frozen=True)
class Callers:
    """Who an entrypoint takes; sets of callers are joined with ``|``."""

    kinds: frozenset[str] = frozenset()
    services: frozenset[str] = field(default_factory=frozenset)

    def __or__(self, other: "Callers") -> "Callers":
        return Callers(self.kinds | other.kinds, self.services | other.services)

    @property
    def public(self) -> bool:
        """Whether a caller without a token is taken, and with it everybody."""
        return "public" in self.kinds

    def admits(self, actor: Actor) -> bool:
        """Return whether ``actor`` is one of them."""
        if "public" in self.kinds:
            return True
        if actor.kind == "service":
            return actor.service in self.services
        return actor.kind in self.kinds

    def describe(self) -> list[str]:
        """Return the callers as contracts name them: ``["professional", "service:billing"]``."""
        return sorted(self.kinds) + [f"service:{name}" for name in sorted(self.services)]


PUBLIC = Callers(frozenset({"public"}))
PROFESSIONALS = Callers(frozenset({"professional"}))
CLIENTS = Callers(frozenset({"client"}))
PEOPLE = Callers(frozenset(_PEOPLE))


def services(*names: str) -> Callers:
    """Return callers that are these services, each under its own token (``operator`` is one)."""
    return Callers(services=frozenset(names))
