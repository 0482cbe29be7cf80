"""Where somebody works once they are out of a firm: the firm of their own wakes, or is founded."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.changes import Changes, Context
from groups.accounts.account import Account
from groups.firms.firm import Firm
from groups.firms.license import Cause, License, LicenseHistoryEntry, Reason
from groups.members.founding import found_firm
from groups.members.member import Member


@dataclass
class Home:
    """The dormant membership that somebody falls back to, its firm's row held."""

    firm: Firm
    member: Member
    free: Sequence[License]  # what could be used there today, the own subscription's first


def return_to_solo_firm(account: Account, home: Home | None, context: Context) -> Changes[Member]:
    """Return the account's membership from now on; a founder without a firm gets a new one (Q2)."""
    return _wake(home, context) if home else found_firm(account, context)


def _wake(home: Home, context: Context) -> Changes[Member]:
    """Wake the membership, with the license that the own subscription brings (Q2)."""
    firm, member = home.firm, home.member
    new: list[object] = [member]
    entries: list[LicenseHistoryEntry] = []
    if home.free:
        license = home.free[0]
    else:
        # What was bought there may have lapsed meanwhile; one's own subscription is still there.
        license = License(context.new_id(), firm.id, purchased_on=context.today, paid_through=None)
        entries += firm.pool.add([license], Reason.OWN_SUBSCRIPTION, context)
        new.insert(0, license)
    cause = Cause(member_id=member.id)
    entries.append(firm.pool.use(license, Reason.CAME_BACK, context, cause))
    events: list[object | None] = [
        member.wake(license.id, firm),
        firm.member_came(),
        firm.pool.changed(),
    ]
    return Changes(member, new, entries, events)
