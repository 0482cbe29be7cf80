"""The end of a license's year: announced before, and then unused ones go and used ones go on."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from chassis.changes import Changes, Context
from groups.firms.firm import Firm
from groups.firms.license import Cause, License, LicenseHistoryEntry, Reason
from groups.firms.states import LicenseState
from groups.firms.year import is_near, next_warning
from groups.licenses.events import LicenseExpired, LicenseRenewed, LicensesExpiring, LicensesLapsed
from groups.members.member import Member

InUse = tuple[License, Member]


def lapse_all(firm: Firm, unused: Iterable[License], context: Context) -> Changes[None]:
    """Take those out of the pool whose last day is over: total and unused fall (S1-18, S1-19)."""
    changes: Changes[None] = Changes(None)
    over = [one for one in unused if one.state is LicenseState.UNUSED]
    over = [one for one in over if not one.is_paid_on(context.today)]
    for license in over:
        changes.history.append(firm.pool.release(license, Reason.YEAR_OVER, context, Cause()))
    if changes.history:
        changes.events += [*lapsed(firm, over), firm.pool.changed()]
    return changes


def lapsed(firm: Firm, freed: Iterable[License | None]) -> list[LicenseExpired | LicensesLapsed]:
    """Return the news of freed licenses that are gone, each and by their last day (S1-20)."""
    gone = [one for one in freed if one and one.state is LicenseState.LAPSED]
    days = Counter(one.paid_through for one in gone if one.paid_through)
    return [
        *(
            LicenseExpired(one.id, firm.id, one.order_id, one.number, one.paid_through)
            for one in gone
        ),
        *(LicensesLapsed(firm.id, firm.name, day, days[day]) for day in sorted(days)),
    ]


def renew_all(firm: Firm, in_use: Iterable[InUse], context: Context) -> Changes[None]:
    """Let those go on that members use, a year at a time until today is paid for (Q3)."""
    changes: Changes[None] = Changes(None)
    for license, member in in_use:
        entries, events = renew(firm, license, member, context)
        changes.history += entries
        changes.events += events
    return changes


def renew_after_waiting(
    firm: Firm, license: License, member: Member, context: Context
) -> tuple[list[LicenseHistoryEntry], list[LicenseRenewed]]:
    """Renew a held license that is used at last, if the year that was paid for is over.

    While it waited nobody used it: whole years that went by are skipped, and not charged (Q3).
    """
    license.skip_years_before(context.today)
    return renew(firm, license, member, context)


def renew(
    firm: Firm, license: License, member: Member, context: Context
) -> tuple[list[LicenseHistoryEntry], list[LicenseRenewed]]:
    """Renew this member's license for as many years as are missing; most often none."""
    entries: list[LicenseHistoryEntry] = []
    events: list[LicenseRenewed] = []
    while license.paid_through is not None and not license.is_paid_on(context.today):
        entry, start, end = firm.pool.renew(license, context, Cause(member_id=member.id))
        entries.append(entry)
        events.append(_renewed(license, member, start, end))
    return entries, events


def warn_all(firm: Firm, ending: Iterable[License], context: Context) -> Changes[None]:
    """Announce the ends that are due to be announced, one fact for each day (30, 7, 1 before)."""
    changes: Changes[None] = Changes(None)
    days: dict[date, Counter[LicenseState]] = {}
    for license in ending:
        license.warn_on = next_warning(license.paid_through, context.today)
        if license.paid_through and license.is_paid_on(context.today):
            days.setdefault(license.paid_through, Counter())[license.state] += 1
    near = [day for day in days if is_near((day - context.today).days)]
    for day in sorted(near):
        states, left = days[day], (day - context.today).days
        unused, held, used = (
            states[state] for state in (LicenseState.UNUSED, LicenseState.HELD, LicenseState.USED)
        )
        changes.events.append(LicensesExpiring(firm.id, firm.name, day, left, unused, used, held))
    return changes


def _renewed(license: License, member: Member, start: date, end: date) -> LicenseRenewed:
    return LicenseRenewed(
        license_id=license.id,
        firm_id=license.firm_id,
        order_id=license.order_id,
        number=license.number,
        level=license.level or "",
        period_start=start,
        paid_through=end,
        member_id=member.id,
        account_id=member.account_id,
        member_name=member.name,
    )
