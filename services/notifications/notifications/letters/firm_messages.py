"""Mails about what happens to a firm's members, licenses and clients."""

from typing import Any

from chassis.messages import on_event
from chassis.transactions import Transaction
from notifications.bells import storage as bells
from notifications.letters import firm_letters
from notifications.letters import firm_schemas as schemas
from notifications.mails.acts import overtake, queue_mail
from notifications.mails.overtaking import Cause
from notifications.mails.subjects import invitee, jointly, order_of, until
from notifications.members import schemas as member_schemas
from notifications.members import storage as members
from notifications.members.roles import MANAGERS


class FirmLetters:
    """Events that owe somebody a mail; the recipients are the members as known then."""

    @on_event("groups", "member_invited.v1", schemas.Invitation)
    def on_member_invited(self, tx: Transaction, **invitation: Any) -> None:
        """Mail the invitation; that an earlier one to this person expired is no news any more."""
        overtake(tx, Cause.INVITED_AGAIN, invitee(invitation), until(invitation) - 1)
        queue_mail(tx, firm_letters.invitation(invitation))

    @on_event("groups", "invitation_resent.v1", schemas.Invitation)
    def on_invitation_resent(self, tx: Transaction, **invitation: Any) -> None:
        """Mail the invitation again in place of a mail that still waits."""
        earlier = invitation["version"] - 1
        overtake(tx, Cause.SENT_AGAIN, invitation["invitation_id"], earlier)
        queue_mail(tx, firm_letters.invitation(invitation))

    @on_event("groups", "member_joined.v1", member_schemas.Member)
    def on_member_joined(self, tx: Transaction, **member: Any) -> None:
        members.project_member(tx.session, member)
        if member["invitation_id"]:
            overtake(tx, Cause.INVITATION_ACCEPTED, member["invitation_id"])
            person = jointly(member["firm_id"], member["account_id"])
            overtake(tx, Cause.JOINED_AGAIN, person, order_of(member["member_id"]) - 1)
        queue_mail(tx, firm_letters.welcome(member))

    @on_event("groups", "member_removed.v1", schemas.MemberRemoved)
    def on_member_removed(self, tx: Transaction, **member: Any) -> None:
        """Tell the member what becomes of their access; they are no recipient of anything more."""
        members.project_member(tx.session, member)
        bells.forget_openings(tx.session, member["member_id"])
        overtake(tx, Cause.MEMBER_REMOVED, member["member_id"])
        queue_mail(tx, firm_letters.removed(member))

    @on_event("groups", "role_changed.v1", schemas.RoleChanged)
    def on_role_changed(self, tx: Transaction, **change: Any) -> None:
        earlier = change["version"] - 1
        overtake(tx, Cause.ROLE_CHANGED_AGAIN, change["member_id"], earlier)
        queue_mail(tx, firm_letters.role_changed(change))

    @on_event("groups", "licenses_expiring.v1", schemas.LicensesExpiring)
    def on_licenses_expiring(self, tx: Transaction, **warned: Any) -> None:
        last_day = jointly(warned["firm_id"], warned["paid_through"])
        overtake(tx, Cause.WARNED_AGAIN, last_day, -warned["days_left"] - 1)
        managers = members.list_managers(tx.session, warned["firm_id"], MANAGERS)
        queue_mail(tx, *firm_letters.license_warning(warned, managers))

    @on_event("groups", "licenses_lapsed.v1", schemas.LicensesLapsed)
    def on_licenses_lapsed(self, tx: Transaction, **lapsed: Any) -> None:
        overtake(tx, Cause.LICENSES_ENDED, jointly(lapsed["firm_id"], lapsed["paid_through"]))
        managers = members.list_managers(tx.session, lapsed["firm_id"], MANAGERS)
        queue_mail(tx, *firm_letters.license_lapse(lapsed, managers))

    @on_event("groups", "invitation_expiring.v1", schemas.InvitationExpiring)
    def on_invitation_expiring(self, tx: Transaction, **invitation: Any) -> None:
        queue_mail(tx, firm_letters.invitation_expiring(invitation))

    @on_event("groups", "invitation_expired.v1", schemas.Invitation)
    def on_invitation_expired(self, tx: Transaction, **invitation: Any) -> None:
        """Tell whoever invited that nobody accepted (T11), or those who manage members now."""
        overtake(tx, Cause.INVITATION_EXPIRED, invitation["invitation_id"])
        managers = members.list_managers(tx.session, invitation["firm_id"], MANAGERS)
        queue_mail(tx, *firm_letters.invitation_expired(invitation, managers))

    @on_event("clients", "clients_handed_over.v1", schemas.ClientsHandedOver)
    def on_clients_handed_over(self, tx: Transaction, **handed: Any) -> None:
        """Tell each receiver how many clients are theirs now (T22)."""
        if handed["undoes"]:
            overtake(tx, Cause.HANDOVER_UNDONE, handed["undoes"])
        for receiver in handed["receivers"]:
            member = members.find_member(tx.session, handed["firm_id"], receiver["member_id"])
            queue_mail(tx, firm_letters.reassignment(handed, receiver, member))

    @on_event("clients", "connection_requested.v1", schemas.ConnectionRequested)
    def on_connection_requested(self, tx: Transaction, **request: Any) -> None:
        """Mail the request in place of a mail that still waits."""
        earlier = request["version"] - 1
        overtake(tx, Cause.CONNECTION_ASKED_AGAIN, request["connection_id"], earlier)
        queue_mail(tx, firm_letters.connection_request(request))

    @on_event("clients", "connection_transferred.v1", schemas.ConnectionTransferred)
    def on_connection_transferred(self, tx: Transaction, **moved: Any) -> None:
        """Tell whoever agreed to the former firm which one holds the record now."""
        earlier = moved["version"] - 1
        overtake(tx, Cause.CONNECTION_TRANSFERRED, moved["connection_id"], earlier)
        queue_mail(tx, firm_letters.connection_transferred(moved))
