"""Gathering what the end of an account touches, with its firms held."""

from uuid import UUID

from sqlalchemy.orm import Session

from groups.domain.closing import Closing
from groups.storage.accounts import list_firm_ids
from groups.storage.firms import FirmsOf, lock_firms
from groups.storage.invitations import list_held, list_sent
from groups.storage.licenses import find_license
from groups.storage.members import find_successor, list_memberships


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
