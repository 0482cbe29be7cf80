"""Licenses that nobody was given within their year disappear (S1-18, Q3)."""

from collections.abc import Iterable

from groups.domain.act import Act
from groups.domain.events import LicenseExpired
from groups.domain.firm import Firm
from groups.domain.license import For, License, Reason
from groups.domain.outcome import Outcome
from groups.domain.states import LicenseState


def lapse_all(firm: Firm, unused: Iterable[License], act: Act) -> Outcome[None]:
    """Take those out of the pool whose last day is over: total and unused fall (S1-19)."""
    outcome: Outcome[None] = Outcome(None)
    for license in unused:
        if license.state is LicenseState.UNUSED and not license.is_paid_on(act.today):
            entry = firm.pool.release(license, Reason.YEAR_OVER, act, For())
            outcome.entries.append(entry)
            outcome.events.append(LicenseExpired(license.id, firm.id, license.order_id))
    if outcome.entries:
        outcome.events.append(firm.pool.changed())
    return outcome
