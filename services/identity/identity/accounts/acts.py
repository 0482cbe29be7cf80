"""Hold the account of a caller whose password was checked beforehand."""

from typing import Any

from identity.accounts import storage
from identity.accounts.account import Account
from identity.accounts.credential import Credential


def sure(tx: Any, verified_hash: str) -> tuple[Account, Credential]:
    """The caller's account, held, with the password that was checked beforehand."""
    account = storage.lock_account(tx.session, tx.actor.account_id)
    credential = storage.lock_credential(tx.session, account.id)
    credential.require_unchanged(verified_hash)
    return account, credential
