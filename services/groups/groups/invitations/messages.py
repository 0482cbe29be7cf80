"""Inviting, and what becomes of invitations, of their links and of their mails."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.auth import PROFESSIONALS, services
from chassis.database import BoundDatabase
from chassis.messages import command, job, on_event
from chassis.transactions import Transaction
from groups.firms import storage as firms
from groups.invitations import acts, ending, links_acts, schemas, storage
from groups.invitations.acts import count, lock_desk, verified_sender
from groups.invitations.invitation import Invitation
from groups.invitations.inviting import Inviting, Known, Person, licenses_needed
from groups.invitations.states import Delivery

MAILER = services("notifications")


class Invitations:
    """Messages about invitations, as the firm and the mails see them."""

    settings: Any

    @property
    def term(self) -> timedelta:
        """For how long an invitation can be accepted."""
        return timedelta(days=self.settings["invitation_days"])

    @command(
        schemas.InviteMembers,
        reply=schemas.Invitations,
        callers=PROFESSIONALS,
    )
    def invite_members(self, tx: Transaction, people: list[dict[str, Any]]) -> dict[str, Any]:
        """Invite one or many: all of them or nobody (S1-25, T06)."""
        desk = lock_desk(tx)
        sender = verified_sender(tx, desk.firm)
        invited = [Person(**row) for row in people]
        addresses = {person.address for person in invited}
        known = Known(*storage.sort_addresses(tx.session, desk.firm.id, addresses))
        needed = licenses_needed(invited)
        free = firms.list_assignable(tx.session, desk.firm.id, tx.now.date(), needed)
        inviting = Inviting(desk.firm, desk.by, invited, known, free, self.term)
        changes = inviting.invite(tx.context(tx.account_id))
        count(tx, desk, sender, addresses, self.settings)
        return {"invitations": tx.apply(changes)}

    @command(
        schemas.OneInvitation,
        reply=schemas.Invitation,
        callers=PROFESSIONALS,
    )
    def resend_invitation(self, tx: Transaction, invitation_id: UUID) -> Invitation:
        """Mail it again: same license, renewed expiry, older links dead (T05)."""
        desk = lock_desk(tx)
        # Held, so that no news of the former mail pass for the new one's.
        invitation = storage.lock_invitation(tx.session, invitation_id, desk.firm.id)
        sender = verified_sender(tx, desk.firm)
        resent = invitation.resend(desk.firm, tx.now, self.term)
        count(tx, desk, sender, {invitation.address}, self.settings)
        tx.emit(resent)
        return invitation

    @command(
        schemas.OneInvitation,
        reply=schemas.Invitation,
        callers=PROFESSIONALS,
    )
    def cancel_invitation(self, tx: Transaction, invitation_id: UUID) -> Invitation:
        """Take it back; its license is free again (S1-42, S1-43)."""
        desk = lock_desk(tx)
        held = storage.get_held(tx.session, invitation_id, desk.firm.id)
        tx.apply(ending.cancel(desk.firm, *held, tx.context(tx.account_id)))
        return held[0]

    @command(schemas.OneInvitation, reply=schemas.InvitationLink, callers=MAILER)
    def issue_invitation_link(self, tx: Transaction, invitation_id: UUID) -> dict[str, Any]:
        """Return a token for one mail; only its hash is kept."""
        return links_acts.issue_link(tx, invitation_id)

    @command(schemas.SeveralInvitations, reply=schemas.InvitationLinks, callers=MAILER)
    def issue_invitation_links(self, tx: Transaction, invitation_ids: list[UUID]) -> dict[str, Any]:
        """Return a token for each of the mails that leave together, or why one is not to leave."""
        return {"links": links_acts.issue_links(tx, invitation_ids)}

    @on_event("notifications", "email_delivered.v1", schemas.EmailDelivered)
    def on_email_delivered(self, tx: Transaction, **mail: Any) -> None:
        """Note that an invitation's mail has arrived."""
        links_acts.note(tx, mail, Delivery.DELIVERED, None, mail["delivered_at"])

    @on_event("notifications", "email_failed.v1", schemas.EmailFailed)
    def on_email_failed(self, tx: Transaction, **mail: Any) -> None:
        """Note on the pending entry that an invitation's mail never arrives (T17)."""
        links_acts.note(tx, mail, Delivery.FAILED, mail["reason"], mail["failed_at"])

    @job(every=30, by_clock=True)
    def end_overdue(self, db: BoundDatabase) -> None:
        """End what nobody accepted (Q1) or was given (S1-18); renew what is used (Q3)."""
        acts.end_everywhere(db)

    @job(every=60, by_clock=True)
    def announce_ends(self, db: BoundDatabase) -> None:
        """Say what is near its end: invitations and licenses, 30, 7 and 1 days before."""
        acts.announce_everywhere(db)
