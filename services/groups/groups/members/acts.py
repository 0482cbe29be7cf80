"""Accounts arriving from identity: each professional gets a solo firm."""

from typing import Any

from chassis.transactions import Transaction
from groups.accounts import storage as accounts
from groups.firms import storage as firms
from groups.members import storage
from groups.members.founding import found_firm


def take_over(tx: Transaction, state: dict[str, Any]) -> None:
    """Take over an account's state; older news than ours changes nothing.

    A professional's firm is founded with the first news of them, whichever that is.
    """
    if not accounts.project_account(tx.session, state):
        return
    account = accounts.get_account(tx.session, state["account_id"])
    if account.is_professional and not firms.has_own_firm(tx.session, account.account_id):
        tx.apply(found_firm(account, tx.context(account.account_id)))
        return
    held = firms.lock_firms(tx.session, storage.list_firm_ids(tx.session, account.account_id))
    for member in storage.list_memberships(tx.session, account.account_id):
        tx.emit(member.follow(account, held[member.firm_id]))
