"""Mails about what happens to a firm's members, licenses, clients and payments."""

from chassis.messages import on_event
from notifications import schemas, storage
from notifications.domain import firm_letters
from notifications.domain.firm_letters import MANAGERS, STAGES
from notifications.domain.overtaking import Cause
from notifications.domain.subjects import jointly
from notifications.owing import overtake, owe


class News:
    """Events that owe somebody a mail; the recipients are the members as known then."""

    @on_event("groups", "member_removed.v1", schemas.MemberRemoved)
    def on_member_removed(self, tx, member):
        """They are told what becomes of their access, and are no recipient of anything more."""
        storage.project_member(tx.session, member)
        storage.forget_openings(tx.session, member["member_id"])
        overtake(tx, Cause.MEMBER_REMOVED, member["member_id"])
        owe(tx, firm_letters.removed(member))

    @on_event("groups", "firm_closed.v1", schemas.FirmClosed)
    def on_firm_closed(self, tx, firm):
        """Nothing goes out in the firm's name any more."""
        for mail in storage.lock_waiting_mails_of_firm(tx.session, firm["firm_id"]):
            mail.withdraw("firm_closed", tx.now)

    @on_event("groups", "role_changed.v1", schemas.RoleChanged)
    def on_role_changed(self, tx, change):
        earlier = change["version"] - 1
        overtake(tx, Cause.ROLE_CHANGED_AGAIN, change["member_id"], earlier)
        owe(tx, firm_letters.role_changed(change))

    @on_event("groups", "licenses_expiring.v1", schemas.LicensesExpiring)
    def on_licenses_expiring(self, tx, warned):
        last_day = jointly(warned["firm_id"], warned["paid_through"])
        overtake(tx, Cause.WARNED_AGAIN, last_day, -warned["days_left"] - 1)
        managers = storage.list_managers(tx.session, warned["firm_id"], MANAGERS)
        owe(tx, *firm_letters.license_warning(warned, managers))

    @on_event("groups", "licenses_lapsed.v1", schemas.LicensesLapsed)
    def on_licenses_lapsed(self, tx, lapsed):
        overtake(tx, Cause.LICENSES_ENDED, jointly(lapsed["firm_id"], lapsed["paid_through"]))
        managers = storage.list_managers(tx.session, lapsed["firm_id"], MANAGERS)
        owe(tx, *firm_letters.license_lapse(lapsed, managers))

    @on_event("groups", "invitation_expiring.v1", schemas.InvitationExpiring)
    def on_invitation_expiring(self, tx, invitation):
        owe(tx, firm_letters.invitation_expiring(invitation))

    @on_event("groups", "invitation_expired.v1", schemas.Invitation)
    def on_invitation_expired(self, tx, invitation):
        """Whoever invited learns that nobody accepted (T11), or who manages members now."""
        overtake(tx, Cause.INVITATION_EXPIRED, invitation["invitation_id"])
        managers = storage.list_managers(tx.session, invitation["firm_id"], MANAGERS)
        owe(tx, *firm_letters.invitation_expired(invitation, managers))

    @on_event("clients", "clients_handed_over.v1", schemas.ClientsHandedOver)
    def on_clients_handed_over(self, tx, handed):
        """Each receiver learns how many clients are theirs now (T22)."""
        if handed["undoes"]:
            overtake(tx, Cause.HANDOVER_UNDONE, handed["undoes"])
        for receiver in handed["receivers"]:
            member = storage.find_member(tx.session, handed["firm_id"], receiver["member_id"])
            owe(tx, firm_letters.reassignment(handed, receiver, member))

    @on_event("clients", "connection_requested.v1", schemas.ConnectionRequested)
    def on_connection_requested(self, tx, request):
        """The new mail takes the place of one that still waits."""
        earlier = request["version"] - 1
        overtake(tx, Cause.CONNECTION_ASKED_AGAIN, request["connection_id"], earlier)
        owe(tx, firm_letters.connection_request(request))

    @on_event("clients", "connection_withdrawn.v1", schemas.ConnectionMoved)
    def on_connection_withdrawn(self, tx, request):
        overtake(tx, Cause.CONNECTION_WITHDRAWN, request["connection_id"])

    @on_event("clients", "connection_accepted.v1", schemas.ConnectionMoved)
    def on_connection_accepted(self, tx, connection):
        overtake(tx, Cause.CONNECTION_ACCEPTED, connection["connection_id"])

    @on_event("clients", "connection_declined.v1", schemas.ConnectionMoved)
    def on_connection_declined(self, tx, connection):
        overtake(tx, Cause.CONNECTION_DECLINED, connection["connection_id"])

    @on_event("clients", "connection_transferred.v1", schemas.ConnectionTransferred)
    def on_connection_transferred(self, tx, moved):
        """Whoever agreed to the former firm learns which one holds the record now."""
        earlier = moved["version"] - 1
        overtake(tx, Cause.CONNECTION_TRANSFERRED, moved["connection_id"], earlier)
        owe(tx, firm_letters.connection_transferred(moved))

    @on_event("billing", "statement_issued.v1", schemas.StatementIssued)
    def on_statement_issued(self, tx, statement):
        owe(tx, *firm_letters.statement(statement))

    @on_event("billing", "order_cancelled.v1", schemas.OrderCancelled)
    def on_order_cancelled(self, tx, order):
        overtake(tx, Cause.ORDER_CANCELLED, order["order_id"])

    @on_event("billing", "payment_overdue.v1", schemas.PaymentOverdue)
    def on_payment_overdue(self, tx, payment):
        """Once licenses are suspended, the reminder that they will be is true no more."""
        if payment["stage"] == STAGES[-1]:
            overtake(tx, Cause.SUSPENDED, payment["order_id"], len(STAGES) - 1)
        owe(tx, *firm_letters.payment_overdue(payment))
