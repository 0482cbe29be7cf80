"""Log in and out, and be who one is."""

from chassis.auth import PEOPLE, PUBLIC
from chassis.messages import command, query
from identity.accounts import storage as accounts
from identity.accounts.schemas import Account, Nothing
from identity.logins import acts, before, schemas, storage
from identity.logins.acts import live_login
from identity.logins.events import EndReason


class Logins:
    """Messages about login sessions, and who is behind one."""

    @command(schemas.LogIn, reply=schemas.Login, callers=PUBLIC, prepare=before.login)
    def log_in(self, tx, request):
        """Begin a login session."""
        return acts.begin(tx, self, request)

    @command(
        schemas.Refresh, reply=schemas.RefreshedLogin, callers=PUBLIC, prepare=before.refreshing
    )
    def refresh(self, tx, request):
        """Exchange a refresh token for a new access token and the next refresh token."""
        login, token = storage.lock_refresh_token(tx.session, request["refresh_token"])
        login.use(tx.now)
        token.spend(request["call_key"], tx.now)
        account = accounts.get_account(tx.session, login.account_id)
        return acts.hand_out(tx, self, account, login)

    @command(Nothing, callers=PEOPLE)
    def log_out(self, tx, request):
        """End the caller's login session; fine if it has ended before."""
        login = storage.lock_login(tx.session, tx.actor.session_id)
        tx.emit(login.end(EndReason.LOGGED_OUT, tx.now))

    @query(Nothing, reply=Account, callers=PEOPLE)
    def who_am_i(self, tx, request):
        """The caller's own account as it is now, which may be newer than their token."""
        live_login(tx)
        return accounts.get_account(tx.session, tx.actor.account_id)

    @query(schemas.ListLoginSessions, reply=schemas.LoginSessionPage, callers=PEOPLE)
    def list_login_sessions(self, tx, request):
        """Where the caller is logged in."""
        here = live_login(tx)
        page = storage.list_live_logins(tx.session, here.account_id, tx.now, **request)
        return page | {"current_session_id": here.id}
