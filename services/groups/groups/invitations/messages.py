"""Inviting, and what becomes of invitations, of their links and of their mails."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from chassis.auth import PROFESSIONALS, services
from chassis.database import BoundDatabase
from chassis.ids import new_token
from chassis.messages import command, job, on_event
from chassis.transactions import Transaction
from groups.firms import storage as firms
from groups.invitations import acts, ending, schemas, storage
from groups.invitations.acts import count, lock_desk, verified_sender
from groups.invitations.errors import InvitationNotFound
from groups.invitations.invitation import Invitation
from groups.invitations.inviting import Inviting, Known, Person, licenses_needed
from groups.invitations.states import Delivery

KIND = "invitation"  # of all the mails that go out, those with an invitation's link


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
        invitation, _ = storage.get_held(tx.session, invitation_id, desk.firm.id)
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

    @command(schemas.OneInvitation, reply=schemas.InvitationLink, callers=services("notifications"))
    def issue_invitation_link(self, tx: Transaction, invitation_id: UUID) -> dict[str, Any]:
        """A token for one mail; only its hash is kept."""
        invitation = storage.lock_invitation(tx.session, invitation_id)
        token = new_token()
        tx.session.add(invitation.issue_link(token, tx.now))
        # And what the mail says: all as it is now, when the mail leaves.
        firm_name = firms.read_firm(tx.session, invitation.firm_id)["name"]
        signed = invitation.signed_by(firm_name)
        return {
            "token": token,
            "expires_at": invitation.expires_at,
            "firm_name": firm_name,
            "role": invitation.role,
            "invited_by_name": signed.name,
            "invited_by_email": signed.email,
            "message": signed.message,
        }

    @on_event("notifications", "email_delivered.v1", schemas.EmailDelivered)
    def on_email_delivered(self, tx: Transaction, **mail: Any) -> None:
        """An invitation's mail has arrived."""
        _note(tx, mail, Delivery.DELIVERED, None, mail["delivered_at"])

    @on_event("notifications", "email_failed.v1", schemas.EmailFailed)
    def on_email_failed(self, tx: Transaction, **mail: Any) -> None:
        """An invitation's mail never arrives: that shows on the pending entry (T17)."""
        _note(tx, mail, Delivery.FAILED, mail["reason"], mail["failed_at"])

    @job(every=30, by_clock=True)
    def end_overdue(self, db: BoundDatabase) -> None:
        """End what nobody accepted (Q1) or was given (S1-18); renew what is used (Q3)."""
        acts.end_everywhere(db)

    @job(every=60, by_clock=True)
    def announce_ends(self, db: BoundDatabase) -> None:
        """Say what is near its end: invitations and licenses, 30, 7 and 1 days before."""
        acts.announce_everywhere(db)


def _note(
    tx: Transaction, mail: dict[str, Any], delivery: Delivery, reason: str | None, at: datetime
) -> None:
    """Keep it with the invitation; what is about anything else is not ours."""
    if mail["kind"] != KIND:
        return
    try:
        firm_id = storage.get_invitation(tx.session, mail["about_id"], None).firm_id
    except InvitationNotFound:
        return
    # Held, so that it is not sent again meanwhile; then looked at as it is.
    firms.lock_firm(tx.session, firm_id)
    invitation = storage.get_invitation(tx.session, mail["about_id"], firm_id)
    invitation.mailed(int(mail["generation"]), delivery, reason, at)
