"""A firm's licenses take the level of its plan (S1-11)."""

from collections.abc import Iterable

from groups.domain.act import Act
from groups.domain.firm import Firm
from groups.domain.license import License
from groups.domain.outcome import Outcome


def take_level(
    firm: Firm, bought: Iterable[License], level: str, version: int, act: Act
) -> Outcome[None]:
    """Each license that is not of that level takes it; older news change nothing."""
    outcome: Outcome[None] = Outcome(None)
    if version <= firm.pool.level_version:
        return outcome
    firm.pool.level_version = version
    outcome.entries = [
        firm.pool.take_level(license, level, act) for license in bought if license.level != level
    ]
    return outcome
