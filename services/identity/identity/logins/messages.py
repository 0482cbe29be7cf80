"""Log in and out, and be who one is."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.auth import PEOPLE, PUBLIC
from chassis.messages import command, query
from chassis.transactions import Transaction
from identity.accounts import schemas as account_schemas
from identity.accounts import storage as accounts
from identity.accounts.account import Account
from identity.logins import acts, before, schemas, storage
from identity.logins.acts import live_login
from identity.logins.events import EndReason
from identity.logins.login import LoginSession
from identity.passwords import storage as passwords


class Logins:
    """Messages about login sessions, and who is behind one."""

    settings: Any

    @command(schemas.LogIn, reply=schemas.Login, callers=PUBLIC, prepare=before.login)
    def log_in(
        self,
        tx: Transaction,
        device_token: str | None,
        account_id: UUID,
        verified_hash: str,
        stronger_hash: str | None,
        counted_as: str,
    ) -> dict[str, Any]:
        """Begin a login session."""
        account, credential, device = storage.lock_who_logs_in(
            tx.session, account_id, device_token, tx.now
        )
        credential.require_unchanged(verified_hash)
        credential.strengthen(stronger_hash)
        passwords.forget_attempts(tx.session, counted_as, tx.now)
        device, device_token = acts.know_device(tx, self, account, device, device_token)
        age = timedelta(seconds=self.settings["session_lifetime"])
        login = LoginSession.start(tx.new_id(), account.id, tx.now, age, device.id)
        return acts.hand_out(tx, self, account, login) | {"device_token": device_token}

    @command(
        schemas.Refresh, reply=schemas.RefreshedLogin, callers=PUBLIC, prepare=before.refreshing
    )
    def refresh(self, tx: Transaction, refresh_token: str) -> dict[str, Any]:
        """Exchange a refresh token for a new access token and the next refresh token."""
        login, token = storage.lock_refresh_token(tx.session, refresh_token)
        login.use(tx.now)
        token.spend(tx.key, tx.now)
        account = accounts.get_account(tx.session, login.account_id)
        return acts.hand_out(tx, self, account, login)

    @command(account_schemas.Nothing, callers=PEOPLE)
    def log_out(self, tx: Transaction) -> None:
        """End the caller's login session; fine if it has ended before."""
        login = storage.lock_login(tx.session, tx.actor.session_id)
        tx.emit(login.end(EndReason.LOGGED_OUT, tx.now))

    @query(account_schemas.Nothing, reply=account_schemas.Account, callers=PEOPLE)
    def who_am_i(self, tx: Transaction) -> Account:
        """Return the caller's own account as it is now, which may be newer than their token."""
        live_login(tx)
        return accounts.get_account(tx.session, tx.account_id)

    @query(schemas.ListLoginSessions, reply=schemas.LoginSessionPage, callers=PEOPLE)
    def list_login_sessions(
        self, tx: Transaction, cursor: str | None, limit: int
    ) -> dict[str, Any]:
        """Return where the caller is logged in."""
        here = live_login(tx)
        page = storage.list_live_logins(
            tx.session, here.account_id, tx.now, cursor=cursor, limit=limit
        )
        return page | {"current_session_id": here.id}
