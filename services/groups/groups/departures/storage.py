"""Gathering what a departure touches, with the firm and the firm at home held."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from groups.accounts.storage import get_account
from groups.departures.closing import Closing
from groups.departures.homecoming import Home
from groups.departures.removal import Removal
from groups.firms.firm import Firm
from groups.firms.storage import FirmsOf, lock_firms
from groups.invitations.storage import list_held, list_sent
from groups.licenses.storage import find_license, list_own_first
from groups.members.member import Member
from groups.members.permissions import Permission
from groups.members.storage import (
    count_admins,
    find_dormant_member,
    find_heir,
    find_successor,
    get_active_member,
    get_member,
    list_firm_ids,
    list_memberships,
)

Parties = tuple[Member, Member, Member | None]


def lock_removal(
    session: Session,
    by: UUID,
    member_id: UUID,
    today: date,
    firms_of: FirmsOf = lock_firms,
    named: frozenset[UUID] = frozenset(),
) -> Removal:
    """The departure of that member, asked for by that account; ``named`` are invitations of theirs.

    Raises MemberNotFound also for a member of another firm, and NotAllowed.
    """
    firms, (acting, member, dormant) = _lock_all(session, by, member_id, firms_of)
    return Removal(
        firm=firms[member.firm_id],
        by=acting,
        member=member,
        license=find_license(session, member.license_id),
        account=get_account(session, member.account_id),
        home=_home(session, firms[dormant.firm_id], dormant, today) if dormant else None,
        admins=count_admins(session, member.firm_id),
        heir=find_heir(session, member.firm_id, member.id),
        sent=list_sent(session, member.firm_id, member.account_id, named),
    )


def _lock_all(
    session: Session, by: UUID, member_id: UUID, firms_of: FirmsOf
) -> tuple[dict[UUID, Firm], Parties]:
    """Who acts, who goes, and where to; looked up again once the firms are held."""
    firms: dict[UUID, Firm] = {}
    while True:
        parties = _parties(session, by, member_id)
        wanted = {one.firm_id for one in parties if one}
        if wanted <= firms.keys():
            return firms, parties
        firms |= firms_of(session, wanted - firms.keys())


def _parties(session: Session, by: UUID, member_id: UUID) -> Parties:
    acting = get_active_member(session, by)
    if member_id != acting.id:
        acting.require(Permission.MANAGE_MEMBERS)
    member = get_member(session, member_id, acting.firm_id)
    return acting, member, find_dormant_member(session, member.account_id)


def _home(session: Session, firm: Firm, member: Member, today: date) -> Home:
    home = Home(firm, member, list_own_first(session, firm.id, today))
    # An account has one active membership: this one is stored after the other has ended.
    session.expunge(member)
    return home


def lock_closings(
    session: Session, account_id: UUID, firms_of: FirmsOf = lock_firms
) -> list[Closing]:
    """The end of each of the account's memberships, awake or dormant."""
    firms = firms_of(session, list_firm_ids(session, account_id))
    found = []
    for member in list_memberships(session, account_id):
        firms |= firms_of(session, {member.firm_id} - firms.keys())
        found.append(
            Closing(
                firms[member.firm_id],
                member,
                license=find_license(session, member.license_id),
                pending=list_held(session, member.firm_id),
                successor=find_successor(session, member.firm_id, member.id),
                sent=list_sent(session, member.firm_id, account_id, ()),
            )
        )
    return found
