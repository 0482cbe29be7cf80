"""Gathering what an acceptance touches, with both firms held."""

from uuid import UUID

from sqlalchemy.orm import Session

from groups.domain.account import Account
from groups.domain.firm import Firm
from groups.domain.joining import Joining, Leaving
from groups.domain.member import Member
from groups.storage.firms import FirmsOf, lock_firms
from groups.storage.invitations import get_held, get_link, list_held
from groups.storage.licenses import find_license
from groups.storage.members import find_active_member


def lock_joining(
    session: Session, token_hash: str, account: Account, firms_of: FirmsOf = lock_firms
) -> Joining:
    """The acceptance by this link and this account. Raises InvitationNotFound."""
    link, target = get_link(session, token_hash)
    firms, member = _both(session, target, account.account_id, firms_of)
    invitation, held = get_held(session, link.invitation_id, target)
    return Joining(
        invitation=invitation,
        link=link,
        firm=firms[target],
        license=held,
        account=account,
        leaving=_leaving(session, firms[member.firm_id], member) if member else None,
    )


def _both(
    session: Session, target: UUID, account_id: UUID, firms_of: FirmsOf
) -> tuple[dict[UUID, Firm], Member | None]:
    """The firm to join and the one that the account now works in, both held."""
    firms: dict[UUID, Firm] = {}
    while True:
        member = find_active_member(session, account_id)
        wanted = {target, member.firm_id} if member else {target}
        if wanted <= firms.keys():
            return firms, member
        # Seldom a second round: the account went elsewhere while we waited.
        firms |= firms_of(session, wanted - firms.keys())


def _leaving(session: Session, firm: Firm, member: Member) -> Leaving:
    pending = list_held(session, firm.id) if firm.is_solo else []
    return Leaving(firm, member, find_license(session, member.license_id), pending)
