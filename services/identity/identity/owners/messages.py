"""Decide whose an account is, and let owners do with theirs what they like, up to its end."""

from typing import Any

from chassis.auth import PEOPLE, PUBLIC
from chassis.database import BoundDatabase
from chassis.due import for_each_due
from chassis.messages import command, job
from chassis.transactions import Transaction
from identity.accounts import schemas as account_schemas
from identity.accounts import storage as accounts
from identity.accounts.account import Account, Details
from identity.accounts.acts import account_by_password
from identity.accounts.events import CloseReason, Kind
from identity.links import storage as links
from identity.links.link import Purpose
from identity.logins import before as checking
from identity.logins.acts import live_login
from identity.logins.events import EndReason
from identity.owners import acts, before, proof_before, schemas, storage
from identity.owners.standing import Standing
from identity.passwords import storage as passwords
from identity.passwords.schemas import CurrentPassword
from identity.passwords.throttle import guesses_at


class Owners:
    """Messages of whoever reads an account's mailbox or has its password."""

    @command(schemas.VerifyEmail, callers=PUBLIC, prepare=proof_before.verification)
    def verify_email(self, tx: Transaction, token: str, standing: Standing) -> None:
        """Confirm an address: with the mailed token and a password, known or new (0029)."""
        link, account, credential = links.lock_open_link(
            tx.session, token, Purpose.VERIFY_EMAIL, tx.now
        )
        link.spend(tx.now)
        account.require_unverified()
        if standing.verified_hash is not None:
            credential.require_unchanged(standing.verified_hash)
        acts.prove(tx, account, standing)

    @command(schemas.ResetPassword, callers=PUBLIC, prepare=proof_before.reset)
    def reset_password(self, tx: Transaction, token: str, standing: Standing) -> None:
        """Set a password with a mailed token; every login of the account ends (0029)."""
        link, account, credential = links.lock_open_link(
            tx.session, token, Purpose.RESET_PASSWORD, tx.now
        )
        link.spend(tx.now)
        acts.reset_to(tx, account, credential, standing)
        passwords.forget_attempts(tx.session, guesses_at(account.email), tx.now)

    @command(schemas.ChangePassword, callers=PEOPLE, prepare=checking.password_change)
    def change_password(self, tx: Transaction, verified_hash: str, password_hash: str) -> None:
        """Change the caller's password; every other login of theirs ends."""
        here = live_login(tx)
        account, credential = account_by_password(tx, verified_hash)
        credential.change(password_hash, tx.now)
        acts.after_new_password(tx, account, EndReason.PASSWORD_CHANGED, keep=here)

    @command(schemas.ChangeDetails, reply=account_schemas.Account, callers=PEOPLE)
    def change_details(self, tx: Transaction, **changes: Any) -> Account:
        """Give the caller's account another name or phone number; its firm and clients see it."""
        live_login(tx)
        account = accounts.lock_account(tx.session, tx.account_id)
        name, phone = changes.get("name", account.name), changes.get("phone", account.phone)
        tx.emit(account.describe(Details(account.kind, name, phone)))
        return account

    @command(schemas.ConfirmEmailChange, callers=PUBLIC, prepare=before.confirmation)
    def confirm_email_change(self, tx: Transaction, token: str, verified_hash: str) -> None:
        """Move the account to the address that the link was mailed to, with its password."""
        link, account, credential = links.lock_open_link(
            tx.session, token, Purpose.CHANGE_EMAIL, tx.now
        )
        link.spend(tx.now)
        credential.require_unchanged(verified_hash)
        change = links.get_email_change(tx.session, link.email_change_id)
        acts.make_room(tx, account, change.email)
        acts.end_what_was_mailed(tx, account)
        tx.emit(account.move_to(change.email, tx.now))

    @command(
        schemas.ChangeKind,
        reply=account_schemas.Account,
        callers=PEOPLE,
        prepare=checking.by_password,
    )
    def change_kind(self, tx: Transaction, kind: Kind, verified_hash: str) -> Account:
        """Begin anew as the other kind; what hangs on the account ends, and all its logins."""
        live_login(tx)
        account, credential = account_by_password(tx, verified_hash)
        account.require_other_kind(kind)
        acts.close_account(tx, account, CloseReason.KIND_CHANGED)
        details = Details(kind, account.name, account.phone)
        return acts.begin_anew(tx, account.email, details, credential.password_hash)

    @command(CurrentPassword, callers=PEOPLE, prepare=checking.by_password)
    def close_account(self, tx: Transaction, verified_hash: str) -> None:
        """End the caller's account for good; `clients.preview_closing` says what goes with it."""
        live_login(tx)
        account, _ = account_by_password(tx, verified_hash)
        acts.close_account(tx, account, CloseReason.BY_OWNER)

    @job(every=600, by_clock=True)
    def close_unproven(self, db: BoundDatabase) -> None:
        """Close accounts whose address nobody has proven in time; the address is free again."""
        for_each_due(db, accounts.lapsed, acts.lapse)

    @job(every=3600, by_clock=True)
    def forget_old(self, db: BoundDatabase) -> None:
        """Delete links, sessions and counts that have been over for a month."""
        with db.transaction() as tx:
            storage.forget_old(tx.session, tx.now)
