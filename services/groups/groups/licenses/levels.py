"""The level of a firm's licenses: billing says it for all that the firm has bought at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from groups.firms.context import Act
from groups.firms.firm import Firm
from groups.firms.license import License
from groups.firms.outcome import Outcome


@dataclass(frozen=True)
class LevelChange:
    """What billing says: this level from that instant on."""

    level: str
    changed_at: datetime
    version: int


def change_levels(
    firm: Firm, change: LevelChange, licenses: Iterable[License], act: Act
) -> Outcome[None]:
    """Give the firm's bought licenses the level; news older than the newest change nothing.

    What the founder's subscription brings has the level of that, and what has lapsed has none.
    """
    outcome: Outcome[None] = Outcome(None)
    if firm.pool.take_level(change.level, change.changed_at, change.version):
        entries = (firm.pool.set_level(license, act) for license in licenses)
        outcome.entries += [entry for entry in entries if entry]
    return outcome
