"""Take wishes for a link, and hand it to notifications, which mails it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.auth import PEOPLE, PUBLIC, services
from chassis.database import BoundDatabase
from chassis.due import for_each_due
from chassis.messages import command, job
from chassis.transactions import Transaction
from identity.accounts import storage as accounts
from identity.accounts.account import Details
from identity.accounts.events import Kind
from identity.accounts.schemas import Nothing
from identity.links import acts, before, schemas, storage
from identity.links.link import Purpose
from identity.links.reset_request import ResetRequest
from identity.logins.acts import live_login

CHECK_MAIL = {"status": "check_mail"}
MAILER = services("notifications")


class Links:
    """Messages about what is mailed with a link: signing up, a new password, another address."""

    settings: Any

    @command(schemas.Register, reply=schemas.Accepted, callers=PUBLIC, prepare=before.registration)
    def register(
        self,
        tx: Transaction,
        email: str,
        name: str,
        kind: Kind,
        phone: str | None,
        password_hash: str,
    ) -> dict[str, str]:
        """Open an account. The answer does not tell whether there was one (T18)."""
        details = Details(kind, name, phone)
        link_lifetime = timedelta(seconds=self.settings["verification_link_lifetime"])
        acts.sign_up(tx, email, details, password_hash, link_lifetime)
        return CHECK_MAIL

    @command(Nothing, callers=PEOPLE, prepare=before.verification_request)
    def resend_verification(self, tx: Transaction) -> None:
        """Send the caller the verification mail again."""
        live_login(tx)
        tx.emit(accounts.get_account(tx.session, tx.account_id).request_verification())

    @command(schemas.SignUpReference, reply=schemas.IssuedLink, callers=MAILER)
    def issue_verification_link(
        self, tx: Transaction, account_id: UUID, sign_up_id: UUID | None
    ) -> dict[str, Any]:
        """Return a token for the verification mail; each repetition of it may ask for its own."""
        account = accounts.lock_account(tx.session, account_id)
        account.require_unverified()
        if sign_up_id is not None:
            storage.get_sign_up(tx.session, sign_up_id, account.id)
        issued = acts.issue_link(tx, self, account.id, Purpose.VERIFY_EMAIL, sign_up_id)
        account.wait_until(issued["expires_at"])
        return issued

    @command(
        schemas.RequestPasswordReset,
        reply=schemas.Accepted,
        callers=PUBLIC,
        prepare=before.reset_request,
    )
    def request_password_reset(self, tx: Transaction, email: str) -> dict[str, str]:
        """Have a reset link mailed, if there is an account; that is looked at only later (T18)."""
        age = timedelta(seconds=self.settings["reset_request_lifetime"])
        tx.session.add(ResetRequest.ask(tx.new_id(), email, tx.now, age))
        return CHECK_MAIL

    @job(every=1)
    def answer_reset_requests(self, db: BoundDatabase) -> None:
        """Let links be mailed. Never woken: it would hold up the reply, and that would tell."""
        for_each_due(db, storage.unanswered, acts.answer)

    @command(schemas.ResetRequestReference, reply=schemas.IssuedLink, callers=MAILER)
    def issue_reset_link(self, tx: Transaction, request_id: UUID) -> dict[str, Any]:
        """Return a token for the reset mail; each repetition of the mail may ask for its own."""
        asked = storage.get_reset_request(tx.session, request_id)
        account_id = asked.open_for(tx.now)
        return acts.issue_link(tx, self, account_id, Purpose.RESET_PASSWORD)

    @command(
        schemas.RequestEmailChange,
        reply=schemas.Accepted,
        callers=PEOPLE,
        prepare=before.email_change,
    )
    def request_email_change(
        self, tx: Transaction, new_email: str, verified_hash: str
    ) -> dict[str, str]:
        """Mail a link to the new address; until it is opened the present one stays (T18)."""
        live_login(tx)
        acts.ask_for_address(tx, self, new_email, verified_hash)
        return CHECK_MAIL

    @command(schemas.EmailChangeReference, reply=schemas.IssuedLink, callers=MAILER)
    def issue_email_change_link(self, tx: Transaction, change_id: UUID) -> dict[str, Any]:
        """Return a token for the mail to the new address."""
        return acts.issue_email_change_link(tx, change_id)
