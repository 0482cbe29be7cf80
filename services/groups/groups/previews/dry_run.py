"""What a rule would do to a firm's licenses: the rule is asked, and its changes not settled."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import UUID

from chassis.changes import Changes
from groups.firms.firm import Firm
from groups.firms.license import License, Reason
from groups.firms.pool import LicensePool
from groups.firms.states import LicenseState
from groups.licenses.errors import LicensesMissing

T = TypeVar("T")


@dataclass(frozen=True)
class Counts:
    """A pool's numbers at one moment."""

    total: int
    unused: int
    held: int
    used: int

    @classmethod
    def of(cls, pool: LicensePool) -> "Counts":
        """Return the numbers as they now are."""
        return cls(pool.total, pool.unused, pool.held, pool.used)


@dataclass(frozen=True)
class Move:
    """One license from one state to another."""

    license_id: UUID
    from_state: LicenseState | None  # None: it would be new
    to_state: LicenseState
    reason: Reason


@dataclass
class DryRun(Generic[T]):
    """The firm's pool before and after, what moves between, and the rule's result."""

    firm: Firm
    pool_before: Counts
    pool_after: Counts
    moves: list[Move] = field(default_factory=list)
    needed: int = 0  # licenses that it takes out of the unused ones
    missing: int = 0  # and how many of these there are not; then nothing would change
    result: T | None = None
    changes: Changes[T] | None = None


def dry_run(
    firm: Firm, licenses: Iterable[License | None], decide: Callable[[], Changes[T]]
) -> DryRun[T]:
    """Return what ``decide`` would do; a lack of licenses is part of the answer (S1-25, S1-26).

    ``licenses`` are those it could move. The things it is about are changed in memory, so they must
    be nobody else's. Raises what the rule raises.
    """
    before = Counts.of(firm.pool)
    states = {license.id: license.state for license in licenses if license}
    try:
        changes = decide()
    except LicensesMissing as lack:
        needed, missing = lack.details["needed"], lack.details["missing"]
        return DryRun(firm, before, before, needed=needed, missing=missing)
    moves = _moves(firm, states, changes)
    taken = sum(move.from_state is LicenseState.UNUSED for move in moves)
    after = Counts.of(firm.pool)
    return DryRun(firm, before, after, moves, taken, 0, changes.result, changes)


def _moves(firm: Firm, states: dict[UUID, LicenseState], changes: Changes[T]) -> list[Move]:
    """Return the changes's entries of this firm, each with the state before it."""
    moves = []
    for entry in changes.history:
        if entry.firm_id == firm.id:
            before = states.get(entry.license_id)
            moves.append(Move(entry.license_id, before, entry.state, entry.reason))
            states[entry.license_id] = entry.state
    return moves
