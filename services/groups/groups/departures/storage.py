"""Gathering what a departure touches, with the firm and the firm at home held."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from groups.accounts.account import Account, require_open
from groups.accounts.tables import accounts
from groups.departures.closing import Closing
from groups.departures.removal import Removal
from groups.departures.return_to_solo_firm import Home
from groups.firms.firm import Firm
from groups.firms.license import License
from groups.firms.storage import FirmsOf, find_license, lock_firms
from groups.firms.tables import licenses
from groups.invitations.storage import list_pending, list_sent
from groups.licenses.storage import list_own_first
from groups.members.errors import InNoFirm, MemberNotFound
from groups.members.member import Member
from groups.members.permissions import Permission, Role
from groups.members.states import MemberStatus
from groups.members.storage import (
    find_successor,
    find_successor_admin,
    list_firm_ids,
    list_memberships,
)
from groups.members.tables import members

_leaver = members.alias()
# Who acts, who goes, and the memberships that who goes falls back to, the latest last.
_PARTIES = (
    sa.select(Member, License, Account)
    .outerjoin(licenses, licenses.c.id == members.c.license_id)
    .outerjoin(accounts, accounts.c.account_id == members.c.account_id)
    .where(
        sa.or_(
            sa.and_(
                members.c.account_id == sa.bindparam("by"),
                members.c.status == MemberStatus.ACTIVE,
            ),
            members.c.id == sa.bindparam("of_member"),
            sa.and_(
                members.c.account_id
                == sa.select(_leaver.c.account_id)
                .where(_leaver.c.id == sa.bindparam("of_member"))
                .scalar_subquery(),
                members.c.status == MemberStatus.DORMANT,
            ),
        )
    )
    .order_by(members.c.joined_at, members.c.id)
    .execution_options(populate_existing=True)
)


class Parties(NamedTuple):
    """Who acts, who goes with license and account, and the membership that is fallen back to."""

    by: Member
    member: Member
    license: License | None
    account: Account | None
    dormant: Member | None

    @property
    def firm_ids(self) -> set[UUID]:
        """The firms that a departure changes."""
        return {self.member.firm_id} | ({self.dormant.firm_id} if self.dormant else set())


def lock_removal(
    session: Session,
    by: UUID,
    member_id: UUID,
    today: date,
    firms_of: FirmsOf = lock_firms,
    named: frozenset[UUID] = frozenset(),
) -> Removal:
    """Return that member's departure, asked for by that account; ``named`` are their invitations.

    Raises MemberNotFound also for a member of another firm, AccountNotFound and NotAllowed.
    """
    firms, parties = _lock_all(session, by, member_id, firms_of)
    member, dormant = parties.member, parties.dormant
    heir, others = find_successor_admin(session, member.firm_id, member.id)
    return Removal(
        firm=firms[member.firm_id],
        by=parties.by,
        member=member,
        license=parties.license,
        account=require_open(parties.account),
        home=_home(session, firms[dormant.firm_id], dormant, today) if dormant else None,
        admins=others + (member.role is Role.ADMIN),
        heir=heir,
        sent=list_sent(session, member.firm_id, member.account_id, named),
    )


def _lock_all(
    session: Session, by: UUID, member_id: UUID, firms_of: FirmsOf
) -> tuple[dict[UUID, Firm], Parties]:
    """Return who acts, who goes, and where to; looked up again once the firms are held."""
    firms: dict[UUID, Firm] = {}
    while True:
        parties = _find_parties(session, by, member_id)
        if parties.firm_ids <= firms.keys():
            return firms, parties
        firms |= firms_of(session, parties.firm_ids - firms.keys())


def _find_parties(session: Session, by: UUID, member_id: UUID) -> Parties:
    found = session.execute(_PARTIES, {"by": by, "of_member": member_id}).all()
    active = [row for row in found if row.Member.status is MemberStatus.ACTIVE]
    acting = next((row.Member for row in active if row.Member.account_id == by), None)
    if acting is None:
        raise InNoFirm("this account is in no firm")
    if member_id != acting.id:
        acting.require(Permission.MANAGE_MEMBERS)
    for member, license, account in active:
        if member.id == member_id and member.firm_id == acting.firm_id:
            memberships = [
                row.Member for row in found if row.Member.account_id == member.account_id
            ]
            fallback = next((one for one in reversed(memberships) if one is not member), None)
            return Parties(acting, member, license, account, fallback)
    raise MemberNotFound("there is no such member")


def _home(session: Session, firm: Firm, member: Member, today: date) -> Home:
    home = Home(firm, member, list_own_first(session, firm.id, today))
    # An account has one active membership: this one is stored after the other has ended.
    session.expunge(member)
    return home


def lock_closings(
    session: Session, account_id: UUID, firms_of: FirmsOf = lock_firms
) -> list[Closing]:
    """Return the end of each of the account's memberships, awake or dormant."""
    firms = firms_of(session, list_firm_ids(session, account_id))
    found = []
    for member in list_memberships(session, account_id):
        firms |= firms_of(session, {member.firm_id} - firms.keys())
        found.append(
            Closing(
                firms[member.firm_id],
                member,
                license=find_license(session, member.license_id),
                pending=list_pending(session, member.firm_id),
                successor=find_successor(session, member.firm_id, member.id),
                sent=list_sent(session, member.firm_id, account_id, ()),
            )
        )
    return found
