"""News that end mails which wait, and how far each mail got."""

from chassis.auth import PROFESSIONALS
from chassis.messages import on_event, query
from notifications.mails import before, schemas, storage
from notifications.mails.acts import overtake, withdraw
from notifications.mails.overtaking import Cause, Overtaking
from notifications.mails.subjects import jointly


class Mails:
    """Events that owe nobody a mail and end those that they make untrue; the firm's list."""

    @on_event("identity", "email_verified.v1", schemas.Account)
    def on_email_verified(self, tx, account):
        """Not remembered: the address may be given up and taken again; links are refused anyway."""
        address = jointly(account["account_id"], account["email"])
        withdraw(tx, Overtaking(Cause.EMAIL_VERIFIED, address))

    @on_event("groups", "invitation_cancelled.v1", schemas.InvitationClosed)
    def on_invitation_cancelled(self, tx, invitation):
        overtake(tx, Cause.INVITATION_CANCELLED, invitation["invitation_id"])

    @on_event("groups", "firm_closed.v1", schemas.FirmClosed)
    def on_firm_closed(self, tx, firm):
        """Nothing goes out in the firm's name any more."""
        for mail in storage.lock_waiting_mails_of_firm(tx.session, firm["firm_id"]):
            mail.withdraw("firm_closed", tx.now)

    @on_event("clients", "connection_withdrawn.v1", schemas.ConnectionMoved)
    def on_connection_withdrawn(self, tx, request):
        overtake(tx, Cause.CONNECTION_WITHDRAWN, request["connection_id"])

    @on_event("clients", "connection_accepted.v1", schemas.ConnectionMoved)
    def on_connection_accepted(self, tx, connection):
        overtake(tx, Cause.CONNECTION_ACCEPTED, connection["connection_id"])

    @on_event("clients", "connection_declined.v1", schemas.ConnectionMoved)
    def on_connection_declined(self, tx, connection):
        overtake(tx, Cause.CONNECTION_DECLINED, connection["connection_id"])

    @on_event("billing", "order_cancelled.v1", schemas.OrderCancelled)
    def on_order_cancelled(self, tx, order):
        overtake(tx, Cause.ORDER_CANCELLED, order["order_id"])

    @query(
        schemas.ListMails,
        reply=schemas.MailPage,
        callers=PROFESSIONALS,
        prepare=before.of_own_firm,
    )
    def list_mails(self, tx, request):
        """How far the firm's mails got, newest first; for those who manage members."""
        return storage.list_mails(tx.session, **request)
