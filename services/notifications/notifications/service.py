"""Every message notifications answers: the file to open first."""

from collections.abc import Sequence
from typing import Any

from chassis.auth import PROFESSIONALS
from chassis.config import Settings
from chassis.database import Database
from chassis.messages import job, on_event, query
from chassis.remote import Remote
from chassis.transactions import Transaction
from notifications import schemas, storage, viewing
from notifications.delivery import Delivery
from notifications.domain import letters
from notifications.domain.letters import Kind, Letter
from notifications.domain.mail import Mail
from notifications.mailroom import Mailroom
from notifications.settings import KEYS


class NotificationsService:
    """Owns mails and their delivery state. README.md has the map."""

    name = "notifications"

    db = Database(storage.metadata)
    settings = Settings(*KEYS)
    mailroom = Mailroom()
    identity = Remote("identity")
    groups = Remote("groups")

    @on_event("identity", "account_registered.v1", schemas.Account)
    def on_account_registered(self, tx, account):
        _owe(tx, letters.verification(account, tx.call.key))

    @on_event("identity", "verification_requested.v1", schemas.Account)
    def on_verification_requested(self, tx, account):
        _owe(tx, letters.verification(account, tx.call.key))

    @on_event("identity", "registration_repeated.v1", schemas.Account)
    def on_registration_repeated(self, tx, account):
        """The caller got the same answer as for a new address (T18); only the owner is told."""
        _owe(tx, letters.already_registered(account, tx.call.key))

    @on_event("identity", "password_reset_requested.v1", schemas.PasswordResetRequested)
    def on_password_reset_requested(self, tx, request):
        _owe(tx, letters.password_reset(request))

    @on_event("identity", "password_changed.v1", schemas.PasswordChanged)
    def on_password_changed(self, tx, change):
        _owe(tx, letters.password_changed(change, tx.call.key))

    @on_event("groups", "member_invited.v1", schemas.Invitation)
    def on_member_invited(self, tx, invitation):
        _owe(tx, letters.invitation(invitation))

    @on_event("groups", "invitation_resent.v1", schemas.Invitation)
    def on_invitation_resent(self, tx, invitation):
        """The new mail takes the place of one that still waits."""
        for mail in _waiting_invitations(tx, invitation):
            mail.give_way(invitation["version"], tx.now)
        _owe(tx, letters.invitation(invitation))

    @on_event("groups", "invitation_cancelled.v1", schemas.InvitationClosed)
    def on_invitation_cancelled(self, tx, invitation):
        for mail in _waiting_invitations(tx, invitation):
            mail.withdraw("invitation_cancelled", tx.now)

    @on_event("groups", "invitation_expired.v1", schemas.InvitationClosed)
    def on_invitation_expired(self, tx, invitation):
        for mail in _waiting_invitations(tx, invitation):
            mail.withdraw("invitation_expired", tx.now)

    @on_event("groups", "member_joined.v1", schemas.Member)
    def on_member_joined(self, tx, member):
        storage.project_member(tx.session, member)
        _owe(tx, letters.welcome(member))

    @on_event("groups", "member_changed.v1", schemas.Member)
    def on_member_changed(self, tx, member):
        storage.project_member(tx.session, member)

    @on_event("billing", "receipt_issued.v1", schemas.ReceiptIssued)
    def on_receipt_issued(self, tx, receipt):
        _owe(tx, *letters.receipt(receipt))

    @on_event("billing", "payment_declined.v1", schemas.PaymentDeclined)
    def on_payment_declined(self, tx, payment):
        _owe(tx, *letters.payment_declined(payment))

    @job(every=5)
    def deliver_mail(self, db):
        """Deliver what is due, several mails side by side."""
        Delivery(self.mailroom, {"identity": self.identity, "groups": self.groups}).run(db)

    @query(
        schemas.ListMails,
        reply=schemas.MailPage,
        callers=PROFESSIONALS,
        prepare=viewing.of_own_firm,
    )
    def list_mails(self, tx, request):
        """How far the firm's mails got, newest first; for those who manage members."""
        return storage.list_mails(tx.session, **request)


def _owe(tx: Transaction, *owed: Letter | None) -> None:
    """Write the mails down and let them go out; one that is owed already stays as it is."""
    for letter in owed:
        if letter is not None:
            storage.add_mail(tx.session, Mail.owed(tx.new_id(), letter, tx.now))
            tx.wake("deliver_mail")


def _waiting_invitations(tx: Transaction, invitation: dict[str, Any]) -> Sequence[Mail]:
    return storage.lock_waiting_mails_about(
        tx.session, Kind.INVITATION, invitation["invitation_id"]
    )
