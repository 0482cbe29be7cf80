"""The level of a firm's licenses: billing says it for all that the firm has bought at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chassis.changes import Changes, Context
from groups.firms.firm import Firm
from groups.firms.license import License


@dataclass(frozen=True)
class LevelChange:
    """What billing says: this level from that instant on."""

    level: str
    changed_at: datetime
    version: int


def change_levels(
    firm: Firm, change: LevelChange, licenses: Iterable[License], context: Context
) -> Changes[None]:
    """Give the firm's bought licenses the level; news older than the newest change nothing.

    What the founder's subscription brings has the level of that, and what has lapsed has none.
    """
    changes: Changes[None] = Changes(None)
    if firm.pool.take_level(change.level, change.changed_at, change.version):
        entries = (firm.pool.set_level(license, context) for license in licenses)
        changes.history += [entry for entry in entries if entry]
    return changes
