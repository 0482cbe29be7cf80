"""Every message identity answers: the file to open first."""

from chassis.auth import PEOPLE, PUBLIC, services
from chassis.config import Settings
from chassis.database import Database
from chassis.messages import command, job, query
from chassis.turns import take_turns
from identity import (
    ending,
    logging_in,
    owning,
    preparing,
    proving,
    schemas,
    signing_up,
    storage,
)
from identity.domain.events import EndReason
from identity.domain.link import Link, Purpose
from identity.domain.reset_request import ResetRequest
from identity.hashing import Passwords
from identity.settings import KEYS, lifetime
from identity.tokens import AccessTokens, random_token

CHECK_MAIL = {"status": "check_mail"}
LINKS = {Purpose.VERIFY_EMAIL: "verification_link", Purpose.RESET_PASSWORD: "reset_link"}
MAILER = services("notifications")
OTHERS = services("groups", "billing", "clients", "notifications")


class IdentityService:
    """Owns accounts, passwords, one-time links and login sessions. README.md has the map."""

    name = "identity"

    db = Database(storage.metadata)
    settings = Settings(*KEYS)
    passwords = Passwords()
    tokens = AccessTokens()

    @command(
        schemas.Register, reply=schemas.Accepted, callers=PUBLIC, prepare=preparing.registration
    )
    def register(self, tx, request):
        """Open an account. The answer does not tell whether there was one (T18)."""
        signing_up.sign_up(tx, request, lifetime(self.settings, "verification_link"))
        return CHECK_MAIL

    @command(schemas.VerifyEmail, callers=PUBLIC, prepare=proving.verification)
    def verify_email(self, tx, request):
        """Confirm an address: with the mailed token and a password, known or new (0029)."""
        link, account = storage.lock_link(tx.session, request["token"], Purpose.VERIFY_EMAIL)
        link.spend(tx.now)
        account.require_unverified()
        standing = request["standing"]
        if standing.verified_hash is not None:
            credential = storage.lock_credential(tx.session, account.id)
            credential.require_unchanged(standing.verified_hash)
        proving.prove(tx, account, standing)

    @command(schemas.Nothing, callers=PEOPLE, prepare=preparing.verification_request)
    def resend_verification(self, tx, request):
        """Send the caller the verification mail again."""
        _live_login(tx)
        tx.emit(storage.get_account(tx.session, tx.actor.account_id).request_verification())

    @command(schemas.SignUpReference, reply=schemas.IssuedLink, callers=MAILER)
    def issue_verification_link(self, tx, request):
        """A token for the verification mail; each repetition of the mail may ask for its own."""
        account = storage.lock_account(tx.session, request["account_id"])
        account.require_unverified()
        sign_up_id = request["sign_up_id"]
        if sign_up_id is not None:
            storage.get_sign_up(tx.session, sign_up_id, account.id)
        issued = self._issue_link(tx, account.id, Purpose.VERIFY_EMAIL, sign_up_id)
        account.wait_until(issued["expires_at"])
        return issued

    @command(schemas.LogIn, reply=schemas.Login, callers=PUBLIC, prepare=preparing.login)
    def log_in(self, tx, request):
        """Begin a login session."""
        return logging_in.begin(tx, self, request)

    @command(
        schemas.Refresh, reply=schemas.RefreshedLogin, callers=PUBLIC, prepare=preparing.refreshing
    )
    def refresh(self, tx, request):
        """Exchange a refresh token for a new access token and the next refresh token."""
        login, token = storage.lock_refresh_token(tx.session, request["refresh_token"])
        login.use(tx.now)
        token.spend(request["call_key"], tx.now)
        account = storage.get_account(tx.session, login.account_id)
        return logging_in.hand_out(tx, self, account, login)

    @command(schemas.Nothing, callers=PEOPLE)
    def log_out(self, tx, request):
        """End the caller's login session; fine if it has ended before."""
        login = storage.lock_login(tx.session, tx.actor.session_id)
        tx.emit(login.end(EndReason.LOGGED_OUT, tx.now))

    @command(schemas.ChangePassword, callers=PEOPLE, prepare=preparing.password_change)
    def change_password(self, tx, request):
        """Change the caller's password; every other login of theirs ends."""
        here = _live_login(tx)
        account = storage.get_account(tx.session, tx.actor.account_id)
        credential = storage.lock_credential(tx.session, account.id)
        credential.require_unchanged(request["verified_hash"])
        credential.change(request["password_hash"], tx.now)
        ending.after_new_password(tx, account, EndReason.PASSWORD_CHANGED, keep=here)

    @command(
        schemas.RequestPasswordReset,
        reply=schemas.Accepted,
        callers=PUBLIC,
        prepare=preparing.reset_request,
    )
    def request_password_reset(self, tx, request):
        """Have a reset link mailed, if there is an account; that is looked at only later (T18)."""
        age = lifetime(self.settings, "reset_request")
        tx.session.add(ResetRequest.ask(tx.new_id(), request["email"], tx.now, age))
        return CHECK_MAIL

    @job(every=1)
    def answer_reset_requests(self, db):
        """Let links be mailed. Never woken: it would hold up the reply, and that would tell."""
        take_turns(db, storage.unanswered, _answer)

    @command(schemas.ResetRequestReference, reply=schemas.IssuedLink, callers=MAILER)
    def issue_reset_link(self, tx, request):
        """A token for the reset mail; each repetition of the mail may ask for its own."""
        asked = storage.get_reset_request(tx.session, request["request_id"])
        account_id = asked.open_for(tx.now)
        return self._issue_link(tx, account_id, Purpose.RESET_PASSWORD)

    @command(schemas.ResetPassword, callers=PUBLIC, prepare=proving.reset)
    def reset_password(self, tx, request):
        """Set a password with a mailed token; every login of the account ends (0029)."""
        link, account = storage.lock_link(tx.session, request["token"], Purpose.RESET_PASSWORD)
        link.spend(tx.now)
        proving.reset_to(tx, account, request["standing"])
        storage.forget_attempts(tx.session, preparing.guesses_at(account.email), tx.now)

    @command(schemas.ChangeDetails, reply=schemas.Account, callers=PEOPLE)
    def change_details(self, tx, request):
        """Give the caller's account another name or phone number; its firm and clients see it."""
        _live_login(tx)
        return owning.describe(tx, request)

    @command(
        schemas.RequestEmailChange,
        reply=schemas.Accepted,
        callers=PEOPLE,
        prepare=preparing.email_change,
    )
    def request_email_change(self, tx, request):
        """Mail a link to the new address; until it is opened the present one stays (T18)."""
        _live_login(tx)
        owning.ask_for_address(tx, self, request)
        return CHECK_MAIL

    @command(schemas.EmailChangeReference, reply=schemas.IssuedLink, callers=MAILER)
    def issue_email_change_link(self, tx, request):
        """A token for the mail to the new address."""
        token = random_token()
        link = owning.link_to(tx, token, request["change_id"])
        return {"token": token, "expires_at": link.expires_at}

    @command(schemas.ConfirmEmailChange, callers=PUBLIC, prepare=owning.confirmation)
    def confirm_email_change(self, tx, request):
        """Move the account to the address that the link was mailed to, with its password."""
        owning.move(tx, request)

    @command(
        schemas.ChangeKind, reply=schemas.Account, callers=PEOPLE, prepare=preparing.by_password
    )
    def change_kind(self, tx, request):
        """Begin anew as the other kind; what hangs on the account ends, and all its logins."""
        _live_login(tx)
        return owning.change_kind(tx, request)

    @command(schemas.CurrentPassword, callers=PEOPLE, prepare=preparing.by_password)
    def close_account(self, tx, request):
        """End the caller's account for good; `clients.preview_closing` says what goes with it."""
        _live_login(tx)
        owning.close(tx, request)

    @query(schemas.Nothing, reply=schemas.Account, callers=PEOPLE)
    def who_am_i(self, tx, request):
        """The caller's own account as it is now, which may be newer than their token."""
        _live_login(tx)
        return storage.get_account(tx.session, tx.actor.account_id)

    @query(schemas.AccountReference, reply=schemas.Account, callers=OTHERS)
    def get_account(self, tx, request):
        """Any account, for a service whose projection may lag."""
        return storage.get_account(tx.session, request["account_id"])

    @query(schemas.ListLoginSessions, reply=schemas.LoginSessionPage, callers=PEOPLE)
    def list_login_sessions(self, tx, request):
        """Where the caller is logged in."""
        here = _live_login(tx)
        page = storage.list_live_logins(tx.session, here.account_id, tx.now, **request)
        return page | {"current_session_id": here.id}

    @job(every=600, by_clock=True)
    def close_unproven(self, db):
        """Close accounts whose address nobody has proven in time; the address is free again."""
        take_turns(db, storage.lapsed, ending.lapse)

    @job(every=3600, by_clock=True)
    def forget_old(self, db):
        """Delete links, sessions and counts that have been over for a month."""
        with db.transaction() as tx:
            storage.forget_old(tx.session, tx.now)

    def _issue_link(self, tx, account_id, purpose, sign_up_id=None):
        token, age = random_token(), lifetime(self.settings, LINKS[purpose])
        link = Link.issue(token, account_id, purpose, tx.now, age, sign_up_id=sign_up_id)
        tx.session.add(link)
        return {"token": token, "expires_at": link.expires_at}


def _answer(tx, request_id):
    found = storage.lock_unanswered(tx.session, request_id)
    if found:
        asked, account = found
        tx.emit(asked.answer(account, tx.now))


def _live_login(tx):
    """The session behind the caller's token; here an ended one ends access at once (T20)."""
    login = storage.get_login(tx.session, tx.actor.session_id)
    login.require_live(tx.now)
    return login
