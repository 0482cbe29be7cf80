"""Mails about what happens to a firm's members, licenses, clients and payments."""

from chassis.messages import on_event
from notifications import schemas, storage
from notifications.domain import firm_letters
from notifications.domain.firm_letters import MANAGERS
from notifications.domain.letters import Kind
from notifications.owing import owe, withdraw


class News:
    """Events that owe somebody a mail; the recipients are the members as known then."""

    @on_event("groups", "member_removed.v1", schemas.MemberRemoved)
    def on_member_removed(self, tx, member):
        """They are told what becomes of their access, and are no recipient of anything more."""
        storage.project_member(tx.session, member)
        storage.forget_openings(tx.session, member["member_id"])
        owe(tx, firm_letters.removed(member))

    @on_event("groups", "firm_closed.v1", schemas.FirmClosed)
    def on_firm_closed(self, tx, firm):
        """Nothing goes out in the firm's name any more."""
        for mail in storage.lock_waiting_mails_of_firm(tx.session, firm["firm_id"]):
            mail.withdraw("firm_closed", tx.now)

    @on_event("groups", "role_changed.v1", schemas.RoleChanged)
    def on_role_changed(self, tx, change):
        owe(tx, firm_letters.role_changed(change))

    @on_event("groups", "licenses_expiring.v1", schemas.LicensesExpiring)
    def on_licenses_expiring(self, tx, warned):
        managers = storage.list_managers(tx.session, warned["firm_id"], MANAGERS)
        owe(tx, *firm_letters.license_warning(warned, managers))

    @on_event("groups", "licenses_lapsed.v1", schemas.LicensesLapsed)
    def on_licenses_lapsed(self, tx, lapsed):
        managers = storage.list_managers(tx.session, lapsed["firm_id"], MANAGERS)
        owe(tx, *firm_letters.license_lapse(lapsed, managers))

    @on_event("groups", "invitation_expiring.v1", schemas.InvitationExpiring)
    def on_invitation_expiring(self, tx, invitation):
        owe(tx, firm_letters.invitation_expiring(invitation))

    @on_event("groups", "invitation_expired.v1", schemas.Invitation)
    def on_invitation_expired(self, tx, invitation):
        """Whoever invited learns that nobody accepted (T11)."""
        kinds = (Kind.INVITATION, Kind.INVITATION_EXPIRING)
        withdraw(tx, invitation["invitation_id"], "invitation_expired", *kinds)
        owe(tx, firm_letters.invitation_expired(invitation))

    @on_event("clients", "clients_handed_over.v1", schemas.ClientsHandedOver)
    def on_clients_handed_over(self, tx, handed):
        """Each receiver learns how many clients are theirs now (T22)."""
        for receiver in handed["receivers"]:
            member = storage.find_member(tx.session, handed["firm_id"], receiver["member_id"])
            owe(tx, firm_letters.reassignment(handed, receiver, member))

    @on_event("clients", "connection_requested.v1", schemas.ConnectionRequested)
    def on_connection_requested(self, tx, request):
        """The new mail takes the place of one that still waits."""
        about = (Kind.CONNECTION_REQUEST, request["connection_id"])
        for mail in storage.lock_waiting_mails_about(tx.session, *about):
            mail.give_way(request["version"], tx.now)
        owe(tx, firm_letters.connection_request(request))

    @on_event("clients", "connection_withdrawn.v1", schemas.ConnectionWithdrawn)
    def on_connection_withdrawn(self, tx, request):
        about_id = request["connection_id"]
        withdraw(tx, about_id, "connection_withdrawn", Kind.CONNECTION_REQUEST)

    @on_event("billing", "statement_issued.v1", schemas.StatementIssued)
    def on_statement_issued(self, tx, statement):
        owe(tx, *firm_letters.statement(statement))

    @on_event("billing", "payment_overdue.v1", schemas.PaymentOverdue)
    def on_payment_overdue(self, tx, payment):
        owe(tx, *firm_letters.payment_overdue(payment))
