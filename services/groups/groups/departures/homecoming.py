"""Where somebody works once they are out of a firm: the firm of their own wakes, or is founded."""

from collections.abc import Sequence
from dataclasses import dataclass

from groups.accounts.account import Account
from groups.firms.context import Act
from groups.firms.firm import Firm
from groups.firms.license import Entry, For, License, Reason
from groups.firms.outcome import Outcome
from groups.members.founding import found_firm
from groups.members.member import Member


@dataclass
class Home:
    """The dormant membership that somebody falls back to, its firm's row held."""

    firm: Firm
    member: Member
    free: Sequence[License]  # what could be used there today, the own subscription's first


def come_home(account: Account, home: Home | None, act: Act) -> Outcome[Member]:
    """The account's membership from now on; a founder without a firm gets a new one (Q2)."""
    return _wake(home, act) if home else found_firm(account, act)


def _wake(home: Home, act: Act) -> Outcome[Member]:
    """The membership awake again, with the license that the own subscription brings (Q2)."""
    firm, member = home.firm, home.member
    new: list[object] = [member]
    entries: list[Entry] = []
    if home.free:
        license = home.free[0]
    else:
        # What was bought there may have lapsed meanwhile; one's own subscription is still there.
        license = License(act.new_id(), firm.id, purchased_on=act.today, paid_through=None)
        entries += firm.pool.add([license], Reason.OWN_SUBSCRIPTION, act)
        new.insert(0, license)
    cause = For(member_id=member.id)
    entries.append(firm.pool.use(license, Reason.CAME_BACK, act, cause))
    events: list[object | None] = [
        member.wake(license.id, firm),
        firm.member_came(),
        firm.pool.changed(),
    ]
    return Outcome(member, new, entries, events)
