"""Founding: every professional starts with a solo firm of their own (Q2)."""

from groups.accounts.account import Account
from groups.firms.context import Act
from groups.firms.firm import Firm
from groups.firms.license import For, License, Reason
from groups.firms.outcome import Outcome
from groups.firms.pool import LicensePool
from groups.members.member import Member
from groups.members.permissions import Role


def found_firm(account: Account, act: Act) -> Outcome[Member]:
    """The firm, its founder as admin, and the license that the founder's subscription brings."""
    firm_id = act.new_id()
    firm = Firm(firm_id, account.name, account.account_id, LicensePool(firm_id), active_members=1)
    license = License(act.new_id(), firm_id, purchased_on=act.today, paid_through=None)
    founder = _founder(firm, account, license, act)
    entries = firm.pool.add([license], Reason.OWN_SUBSCRIPTION, act)
    entries.append(firm.pool.use(license, Reason.FOUNDED, act, For(member_id=founder.id)))
    events = [firm.created(), founder.joined(firm), firm.pool.changed()]
    return Outcome(founder, [firm, license, founder], entries, events)


def _founder(firm: Firm, account: Account, license: License, act: Act) -> Member:
    return Member(
        id=act.new_id(),
        firm_id=firm.id,
        account_id=account.account_id,
        name=account.name,
        email=account.email,
        address=account.address,
        role=Role.ADMIN,
        joined_at=act.at,
        license_id=license.id,
    )
