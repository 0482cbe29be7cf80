"""Founding: every professional starts with a solo firm of their own (Q2)."""

from chassis.changes import Changes, Context
from groups.accounts.account import Account
from groups.firms.firm import Firm
from groups.firms.license import Cause, License, Reason
from groups.firms.pool import LicensePool
from groups.members.member import Member
from groups.members.permissions import Role


def found_firm(account: Account, context: Context) -> Changes[Member]:
    """Found a firm: its founder as admin, with the license that their subscription brings."""
    firm_id = context.new_id()
    firm = Firm(firm_id, account.name, account.account_id, LicensePool(firm_id), active_members=1)
    license = License(context.new_id(), firm_id, purchased_on=context.today, paid_through=None)
    founder = _founder(firm, account, license, context)
    entries = firm.pool.add([license], Reason.OWN_SUBSCRIPTION, context)
    entries.append(firm.pool.use(license, Reason.FOUNDED, context, Cause(member_id=founder.id)))
    events = [firm.created(), founder.joined(firm), firm.pool.changed()]
    return Changes(founder, [firm, license, founder], entries, events)


def _founder(firm: Firm, account: Account, license: License, context: Context) -> Member:
    return Member(
        id=context.new_id(),
        firm_id=firm.id,
        account_id=account.account_id,
        name=account.name,
        email=account.email,
        address=account.address,
        role=Role.ADMIN,
        joined_at=context.at,
        license_id=license.id,
    )
