"""Every message notifications answers: the file to open first."""

from chassis.auth import PROFESSIONALS
from chassis.config import Settings
from chassis.database import Database
from chassis.messages import job, on_event, query
from chassis.missing import answers_for_events
from chassis.remote import Remote
from notifications import reaching, schemas, storage, viewing
from notifications.delivery import Delivery
from notifications.domain import account_letters, letters
from notifications.domain.overtaking import Cause, Overtaking
from notifications.domain.subjects import invitee, jointly, order_of, until
from notifications.entrypoints.bells import Bells
from notifications.entrypoints.news import News
from notifications.mailroom import Mailroom, try_mail_server
from notifications.owing import overtake, owe, withdraw
from notifications.settings import KEYS

PRINTING_SECONDS = 30.0  # a statement of thousands of lines takes its time, far below the lease


@answers_for_events
class NotificationsService(Bells, News):
    """Owns mails, their delivery state and the bell. README.md has the map."""

    name = "notifications"

    db = Database(storage.metadata, firm_of=storage.firm_of)
    settings = Settings(*KEYS, tries=try_mail_server)
    mailroom = Mailroom()
    identity = Remote("identity")
    groups = Remote("groups")
    clients = Remote("clients")
    billing = Remote("billing", timeout=PRINTING_SECONDS)

    @on_event("identity", "account_registered.v1", schemas.Account)
    def on_account_registered(self, tx, account):
        owe(tx, letters.verification(account, tx.call.key))

    @on_event("identity", "verification_requested.v1", schemas.Account)
    def on_verification_requested(self, tx, account):
        owe(tx, letters.verification(account, tx.call.key))

    @on_event("identity", "email_verified.v1", schemas.Account)
    def on_email_verified(self, tx, account):
        """Not remembered: the address may be given up and taken again; links are refused anyway."""
        address = jointly(account["account_id"], account["email"])
        withdraw(tx, Overtaking(Cause.EMAIL_VERIFIED, address))

    @on_event("identity", "registration_repeated.v1", schemas.Account)
    def on_registration_repeated(self, tx, account):
        """The caller got the same answer as for a new address (T18); only the owner is told."""
        owe(tx, letters.already_registered(account, tx.call.key))

    @on_event("identity", "account_closed.v1", schemas.AccountClosed)
    def on_account_closed(self, tx, account):
        """What waits for it is for nobody; its address may be another account's by now."""
        overtake(tx, Cause.ACCOUNT_CLOSED, account["account_id"])
        owe(tx, account_letters.account_closed(account))

    @on_event("identity", "email_change_requested.v1", schemas.EmailChangeRequested)
    def on_email_change_requested(self, tx, asked):
        owe(tx, *account_letters.email_change(asked))

    @on_event("identity", "email_changed.v1", schemas.EmailChanged)
    def on_email_changed(self, tx, account):
        owe(tx, account_letters.email_changed(account))

    @on_event("identity", "password_reset_requested.v1", schemas.PasswordResetRequested)
    def on_password_reset_requested(self, tx, request):
        owe(tx, letters.password_reset(request))

    @on_event("identity", "password_changed.v1", schemas.PasswordChanged)
    def on_password_changed(self, tx, change):
        owe(tx, letters.password_changed(change, tx.call.key))

    @on_event("groups", "member_invited.v1", schemas.Invitation)
    def on_member_invited(self, tx, invitation):
        """Who is invited anew: that an earlier invitation expired is no news any more."""
        overtake(tx, Cause.INVITED_AGAIN, invitee(invitation), until(invitation) - 1)
        owe(tx, letters.invitation(invitation))

    @on_event("groups", "invitation_resent.v1", schemas.Invitation)
    def on_invitation_resent(self, tx, invitation):
        """The new mail takes the place of one that still waits."""
        earlier = invitation["version"] - 1
        overtake(tx, Cause.SENT_AGAIN, invitation["invitation_id"], earlier)
        owe(tx, letters.invitation(invitation))

    @on_event("groups", "invitation_cancelled.v1", schemas.InvitationClosed)
    def on_invitation_cancelled(self, tx, invitation):
        overtake(tx, Cause.INVITATION_CANCELLED, invitation["invitation_id"])

    @on_event("groups", "member_joined.v1", schemas.Member)
    def on_member_joined(self, tx, member):
        storage.project_member(tx.session, member)
        if member["invitation_id"]:
            overtake(tx, Cause.INVITATION_ACCEPTED, member["invitation_id"])
            person = jointly(member["firm_id"], member["account_id"])
            overtake(tx, Cause.JOINED_AGAIN, person, order_of(member["member_id"]) - 1)
        owe(tx, letters.welcome(member))

    @on_event("groups", "member_changed.v1", schemas.Member)
    def on_member_changed(self, tx, member):
        storage.project_member(tx.session, member)

    @on_event("billing", "receipt_issued.v1", schemas.ReceiptIssued)
    def on_receipt_issued(self, tx, receipt):
        """The money was taken: nobody is asked for it any more."""
        if receipt["order_id"]:
            overtake(tx, Cause.PAID, receipt["order_id"])
        owe(tx, *letters.receipt(receipt))

    @on_event("billing", "payment_declined.v1", schemas.PaymentDeclined)
    def on_payment_declined(self, tx, payment):
        """Of several declined payments of one order the last is told of."""
        if payment["order_id"]:
            earlier = order_of(payment["payment_id"]) - 1
            overtake(tx, Cause.DECLINED_AGAIN, payment["order_id"], earlier)
        owe(tx, *letters.payment_declined(payment))

    @job(every=5)
    def deliver_mail(self, db):
        """Deliver what is due, several mails side by side."""
        names = ("identity", "groups", "clients", "billing")
        remotes = {name: getattr(self, name) for name in names}
        Delivery(self.mailroom, remotes).run(db)

    @job(every=60)
    def reach_members(self, db):
        """Ask groups for the addresses of members known from before they were kept (0025)."""
        reaching.reach_members(db, self.groups)

    @query(
        schemas.ListMails,
        reply=schemas.MailPage,
        callers=PROFESSIONALS,
        prepare=viewing.of_own_firm,
    )
    def list_mails(self, tx, request):
        """How far the firm's mails got, newest first; for those who manage members."""
        return storage.list_mails(tx.session, **request)
