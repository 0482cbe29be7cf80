"""Mails about what happens to accounts."""

from typing import Any

from chassis.messages import on_event
from chassis.transactions import Transaction
from notifications.letters import account_letters
from notifications.letters import account_schemas as schemas
from notifications.mails import schemas as mails
from notifications.mails.acts import overtake, queue_mail
from notifications.mails.overtaking import Cause


class AccountLetters:
    """Identity's events that owe an account's owner a mail."""

    @on_event("identity", "account_registered.v1", mails.Account)
    def on_account_registered(self, tx: Transaction, **account: Any) -> None:
        queue_mail(tx, account_letters.verification(account, tx.key))

    @on_event("identity", "verification_requested.v1", mails.Account)
    def on_verification_requested(self, tx: Transaction, **account: Any) -> None:
        queue_mail(tx, account_letters.verification(account, tx.key))

    @on_event("identity", "registration_repeated.v1", mails.Account)
    def on_registration_repeated(self, tx: Transaction, **account: Any) -> None:
        """Tell only the owner (T18): the caller got the same answer as for a new address."""
        queue_mail(tx, account_letters.already_registered(account, tx.key))

    @on_event("identity", "account_closed.v1", schemas.AccountClosed)
    def on_account_closed(self, tx: Transaction, **account: Any) -> None:
        """Drop what waits for a closed account: its address may be another account's by now."""
        overtake(tx, Cause.ACCOUNT_CLOSED, account["account_id"])
        queue_mail(tx, account_letters.account_closed(account))

    @on_event("identity", "email_change_requested.v1", schemas.EmailChangeRequested)
    def on_email_change_requested(self, tx: Transaction, **asked: Any) -> None:
        queue_mail(tx, *account_letters.email_change(asked))

    @on_event("identity", "email_changed.v1", schemas.EmailChanged)
    def on_email_changed(self, tx: Transaction, **account: Any) -> None:
        queue_mail(tx, account_letters.email_changed(account))

    @on_event("identity", "password_reset_requested.v1", schemas.PasswordResetRequested)
    def on_password_reset_requested(self, tx: Transaction, **request: Any) -> None:
        queue_mail(tx, account_letters.password_reset(request))

    @on_event("identity", "password_changed.v1", schemas.PasswordChanged)
    def on_password_changed(self, tx: Transaction, **change: Any) -> None:
        queue_mail(tx, account_letters.password_changed(change, tx.key))
