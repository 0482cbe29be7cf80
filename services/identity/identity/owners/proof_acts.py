"""Make stand what a mailbox has proven: the account that is there, or a new one in its place."""

from dataclasses import replace
from typing import Any

from identity.accounts import storage as accounts
from identity.accounts.account import Account
from identity.accounts.credential import Credential
from identity.accounts.events import CloseReason
from identity.links import storage as links
from identity.links.link import Purpose
from identity.logins.events import EndReason
from identity.owners import end_acts
from identity.owners.standing import Standing


def prove(tx: Any, account: Account, standing: Standing) -> Account:
    """The account from now on, its address proven: this one, or a new one in its place."""
    if standing.details is None:
        if standing.renamed:
            account.rename(standing.renamed)
        tx.emit(account.prove_mailbox(tx.now))
        links.revoke_links(tx.session, account.id, tx.now, Purpose.VERIFY_EMAIL)
        links.forget_sign_ups(tx.session, account.id)
        return account
    end_acts.close_account(tx, account, CloseReason.SUPERSEDED)
    fresh, registered = Account.register_proven(
        tx.new_id(), standing.email, standing.details, tx.now
    )
    credential = Credential(fresh.id, standing.password_hash, tx.now)
    accounts.add_account(tx.session, fresh, credential)
    tx.emit(registered)
    return fresh


def reset_to(tx: Any, account: Account, standing: Standing) -> None:
    """The account with its new password, every login ended; or a new one in its place.

    One that was proven since the link was looked at is kept, whatever was said for it.
    """
    if not account.email_verified and standing.details is not None:
        prove(tx, account, standing)
        return
    credential = accounts.lock_credential(tx.session, account.id)
    if standing.verified_hash is not None:
        credential.require_unchanged(standing.verified_hash)
    credential.change(standing.password_hash, tx.now)
    prove(tx, account, replace(standing, details=None))
    end_acts.after_new_password(tx, account, EndReason.PASSWORD_RESET)
