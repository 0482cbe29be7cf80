"""Inviting, what becomes of invitations, their links and mails, and joining by them."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from chassis.auth import PEOPLE, PROFESSIONALS, PUBLIC, services
from chassis.messages import command, job, on_event, query
from chassis.transactions import Transaction
from groups.firms import storage as firms
from groups.firms.acts import act_of, settle
from groups.invitations import ending, overdue_acts, schemas, storage
from groups.invitations.acts import accept, invite, lock_own_invitation, resend
from groups.invitations.errors import InvitationNotFound
from groups.invitations.invitation import fingerprint
from groups.invitations.states import Delivery
from groups.members import schemas as member_schemas
from groups.members import storage as members

LINK_BYTES = 32  # of randomness in an invitation's link
KIND = "invitation"  # of all the mails that go out, those with an invitation's link


class Invitations:
    """Messages about invitations, up to the membership that one becomes."""

    settings: Any

    @property
    def term(self):
        """For how long an invitation can be accepted."""
        return timedelta(days=self.settings["invitation_days"])

    @command(
        schemas.InviteMembers,
        reply=schemas.Invitations,
        callers=PROFESSIONALS,
    )
    def invite_members(self, tx, request):
        """Invite one or many: all of them or nobody (S1-25, T06)."""
        return {"invitations": invite(tx, request["people"], self.term, self.settings)}

    @command(
        schemas.OneInvitation,
        reply=schemas.Invitation,
        callers=PROFESSIONALS,
    )
    def resend_invitation(self, tx, request):
        """Mail it again: same license, renewed expiry, older links dead (T05)."""
        return resend(tx, request["invitation_id"], self.term, self.settings)

    @command(
        schemas.OneInvitation,
        reply=schemas.Invitation,
        callers=PROFESSIONALS,
    )
    def cancel_invitation(self, tx, request):
        """Take it back; its license is free again (S1-42, S1-43)."""
        firm, invitation, license = lock_own_invitation(tx, request["invitation_id"])
        settle(tx, ending.cancel(firm, invitation, license, act_of(tx)))
        return invitation

    @command(schemas.OneInvitation, reply=schemas.InvitationLink, callers=services("notifications"))
    def issue_invitation_link(self, tx, request):
        """A token for one mail; only its hash is kept."""
        invitation = storage.lock_invitation(tx.session, request["invitation_id"])
        token = secrets.token_urlsafe(LINK_BYTES)
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

    @query(schemas.InvitationToken, reply=schemas.OfferedInvitation, callers=PUBLIC)
    def open_invitation(self, tx, request):
        """What the link offers. Opening spends nothing: mail scanners open links too."""
        return _offer(tx, fingerprint(request["token"]))

    @command(
        schemas.InvitationToken,
        reply=member_schemas.Member,
        callers=PEOPLE,
    )
    def accept_invitation(self, tx, request):
        """Join with the account that is signed in (S1-35); the invitation is spent."""
        return accept(tx, tx.actor.account_id, fingerprint(request["token"]))

    @on_event("notifications", "email_delivered.v1", schemas.EmailDelivered)
    def on_email_delivered(self, tx, mail):
        """An invitation's mail has arrived."""
        _note(tx, mail, Delivery.DELIVERED, None, mail["delivered_at"])

    @on_event("notifications", "email_failed.v1", schemas.EmailFailed)
    def on_email_failed(self, tx, mail):
        """An invitation's mail never arrives: that shows on the pending entry (T17)."""
        _note(tx, mail, Delivery.FAILED, mail["reason"], mail["failed_at"])

    @job(every=30, by_clock=True)
    def end_overdue(self, db):
        """End what nobody accepted (Q1) or was given (S1-18); renew what is used (Q3)."""
        overdue_acts.end_everywhere(db)

    @job(every=60, by_clock=True)
    def announce_ends(self, db):
        """Say what is near its end: invitations and licenses, 30, 7 and 1 days before."""
        overdue_acts.announce_everywhere(db)


def _offer(tx: Transaction, token_hash: str) -> dict[str, Any]:
    """The invitation behind a link. Raises what says why there is none any more (T10)."""
    link, _ = storage.get_link(tx.session, token_hash)
    invitation = storage.get_invitation(tx.session, link.invitation_id, None)
    if tx.actor.account_id:
        invitation.refuse_again(members.find_active_member(tx.session, tx.actor.account_id))
    invitation.require_current(link, tx.now)
    firm_name = firms.read_firm(tx.session, invitation.firm_id)["name"]
    signed = invitation.signed_by(firm_name)
    return {
        "firm_name": firm_name,
        "invited_by_name": signed.name,
        "name": invitation.name,
        "email": invitation.email,
        "role": invitation.role,
        "message": signed.message,
        "expires_at": invitation.expires_at,
    }


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
