"""Hold the account of a caller whose password was checked beforehand."""

from typing import Any

from identity.accounts import storage
from identity.accounts.account import Account, Credential


def account_by_password(tx: Any, verified_hash: str) -> tuple[Account, Credential]:
    """Return the caller's account and credential, held.

    Raises EmailOrPasswordWrong if the password was changed since it was verified.
    """
    account, credential = storage.lock_with_credential(tx.session, tx.account_id)
    credential.require_unchanged(verified_hash)
    return account, credential
