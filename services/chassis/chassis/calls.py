"""What is known of the call being answered, and what it holds and costs at the database."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from chassis.auth import Actor


@dataclass(slots=True)
class _Sent:
    """What one greenthread has cost at databases since it began to count."""

    statements: int = 0
    round_trips: int = 0


# Each greenthread begins with a context of its own, in which both are as by default.
_sent: ContextVar[_Sent | None] = ContextVar("sent", default=None)
_stores: ContextVar[tuple[object, ...]] = ContextVar("stores", default=())


@dataclass(slots=True)
class Call:
    """One message under way: who asks, under which key, since when."""

    service: str
    entrypoint: str
    kind: str  # command, query, event or job
    call_id: str  # the id of the outermost call: the same in every service it crosses
    stack: list[str]
    token: str | None = None
    key: str | None = None
    key_is_shared: bool = False  # it came in a context that nameko hands on to every call
    actor: "Actor | None" = None
    firm_id: UUID | None = None
    started: float = 0.0
    notes: dict[str, Any] = field(default_factory=dict)


class WaitingInTransaction(RuntimeError):
    """Something that waits was tried while a transaction was open: a fault in our code."""


def transaction_opened(store: object) -> None:
    """Remember that this greenthread holds a transaction on ``store``.

    Raises WaitingInTransaction for a second one on the same: it would wait for the first.
    """
    stores = _stores.get()
    if store in stores:
        raise WaitingInTransaction("a transaction inside a transaction")
    _stores.set((*stores, store))


def transaction_closed(store: object) -> None:
    """Forget it."""
    _stores.set(tuple(one for one in _stores.get() if one is not store))


def in_transaction() -> bool:
    """Return whether this greenthread holds a transaction."""
    return bool(_stores.get())


def count_statements() -> None:
    """Begin to count what this greenthread sends to databases, and how often it waits for them."""
    _sent.set(_Sent())


def statement_sent() -> None:
    """Count a statement."""
    if sent := _sent.get():
        sent.statements += 1


def statements_sent() -> int:
    """Return how many statements this greenthread has sent since it began to count."""
    sent = _sent.get()
    return sent.statements if sent else 0


def round_trip_made() -> None:
    """Count a wait for a database server: for a statement, a BEGIN or a COMMIT, not a ping."""
    if sent := _sent.get():
        sent.round_trips += 1


def round_trips_made() -> int:
    """Return how often this greenthread has waited for a server since it began to count."""
    sent = _sent.get()
    return sent.round_trips if sent else 0


def refuse_in_transaction(what: str) -> None:
    """Raise WaitingInTransaction when a transaction is open: it would hold locks meanwhile."""
    if in_transaction():
        raise WaitingInTransaction(f"{what} inside a transaction")
