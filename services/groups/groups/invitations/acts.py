"""Inviting and accepting: what a firm's invitations need is gathered here."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.transactions import Transaction
from groups.accounts import storage as accounts
from groups.firms.acts import act_of, settle
from groups.firms.firm import Firm
from groups.firms.license import License
from groups.invitations import mailing_acts as mailing
from groups.invitations import storage
from groups.invitations.invitation import Invitation
from groups.invitations.inviting import Inviting, Known, Person, licenses_needed
from groups.invitations.overdue_acts import end_overdue
from groups.licenses import storage as licenses
from groups.licenses.acts import renew_used
from groups.members import storage as members
from groups.members.member import Member
from groups.members.permissions import Permission


def invite(
    tx: Transaction, rows: list[dict[str, Any]], term: timedelta, settings: mailing.Settings
) -> list[Invitation]:
    """Invite all of them or nobody; see ``Inviting.invite`` and ``mailing`` for the refusals."""
    firm, by = members.lock_own_firm(tx.session, tx.actor.account_id)
    by.require(Permission.MANAGE_MEMBERS)
    sender = mailing.verified_sender(tx, firm)
    end_overdue(tx, firm)  # a dead invitation never blocks a new one (T10)
    people = [Person(**row) for row in rows]
    addresses = {person.address for person in people}
    already, invited = storage.sort_addresses(tx.session, firm.id, addresses)
    inviting = Inviting(
        firm=firm,
        by=by,
        people=people,
        known=Known(members=already, invited=invited),
        free=licenses.list_assignable(tx.session, firm.id, tx.now.date(), licenses_needed(people)),
        term=term,
    )
    outcome = inviting.invite(act_of(tx))
    mailing.count(tx, firm, sender, addresses, settings)
    return settle(tx, outcome)


def resend(
    tx: Transaction, invitation_id: UUID, term: timedelta, settings: mailing.Settings
) -> Invitation:
    """Mail it again; see ``Invitation.resend`` and ``mailing`` for the refusals."""
    firm, invitation, _ = lock_own_invitation(tx, invitation_id)
    sender = mailing.verified_sender(tx, firm)
    resent = invitation.resend(firm, tx.now, term)
    mailing.count(tx, firm, sender, {invitation.address}, settings)
    tx.emit(resent)
    return invitation


def accept(tx: Transaction, account_id: UUID, token_hash: str) -> Member:
    """Join with this account; see ``Joining.accept`` for the refusals."""
    account = accounts.get_account(tx.session, account_id)
    joining = storage.lock_joining(tx.session, token_hash, account)
    left = joining.leaving
    if left and left.license and not left.license.is_paid_on(tx.now.date()):
        renew_used(tx, left.firm)
    return settle(tx, joining.accept(act_of(tx)))


def lock_own_invitation(
    tx: Transaction, invitation_id: Any
) -> tuple[Firm, Invitation, License | None]:
    """An invitation of the actor's firm, held. Raises NotAllowed, InvitationNotFound."""
    firm, by = members.lock_own_firm(tx.session, tx.actor.account_id)
    by.require(Permission.MANAGE_MEMBERS)
    end_overdue(tx, firm)  # whether or not the job has come by
    return firm, *storage.get_held(tx.session, invitation_id, firm.id)
