"""Somebody who reads the mailbox decides whose the account is (docs/decisions/0029).

While an address is not proven, anybody may have registered it. So its account and the sign-ups
beside it are offers: with the link of one and its password that one stands; whoever has a link
and not the password says a new one, and whose the account is. Where that is not the account that
was there, it is closed and a new one begins: nothing a stranger made in it comes along.
"""

from typing import Any

from chassis.preparing import alters
from identity.accounts.account import Account, Details
from identity.accounts.errors import EmailOrPasswordWrong
from identity.links import storage as links
from identity.links.link import Link, Purpose
from identity.links.sign_up import SignUp
from identity.owners.errors import DetailsRequired, PasswordRequired
from identity.owners.standing import Standing
from identity.passwords.before import admit
from identity.passwords.password import require_acceptable
from identity.passwords.throttle import GUESSES

COMPARED = 5  # newest sign-ups that a password is looked for in; each look is a hash


@alters(drops={"password", "new_password", "kind", "name", "phone"}, adds={"standing": Standing})
def verification(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Find what a verification link and a password make stand.

    Raises PasswordRequired, DetailsRequired, PasswordRefused, EmailOrPasswordWrong, HashingBusy,
    and what a link raises that is not open; none of them spends it.
    """
    with service.db.transaction() as tx:
        link, account, own_hash = links.get_open_link(
            tx.session, request["token"], Purpose.VERIFY_EMAIL, tx.now
        )
        password, details = _said(request)
        admit(tx, _subject(link), GUESSES)
        sign_up = _sign_up_of(tx, link)
    email = sign_up.email if sign_up else account.email
    if details:
        standing = _begun_anew(service, link, email, request["new_password"], details)
    elif sign_up:
        standing = _as_signed_up(service, link, password, account, own_hash, sign_up)
    else:
        standing = _as_it_is(service, link, password, account, own_hash)
    return {"token": request["token"], "standing": standing}


@alters(drops={"new_password", "kind", "name", "phone"}, adds={"standing": Standing})
def reset(service: Any, call: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Look whether the link is open before the costly hash, and what the reset makes stand.

    A proven account gets the new password. For one that is not, the new password may be that of
    a sign-up, which then stands; else the request says whose the account is. Raises like
    `verification`.
    """
    with service.db.transaction() as tx:
        link, account, own_hash = links.get_open_link(
            tx.session, request["token"], Purpose.RESET_PASSWORD, tx.now
        )
        admit(tx, _subject(link), GUESSES)
        beside = links.list_sign_ups(tx.session, account.id, COMPARED)
    new_password, details = request["new_password"], _details(request)
    require_acceptable(new_password, account.email, "new_password")
    if account.email_verified:
        password_hash = service.passwords.hash(new_password, _subject(link))
        standing = Standing(account.email, password_hash)
    elif details:
        standing = _begun_anew(service, link, account.email, new_password, details)
    else:
        standing = _found_by(service, link, new_password, account, own_hash, beside)
    return {"token": request["token"], "standing": standing}


def _subject(link: Link) -> str:
    """Guesses with a mailed link are counted by it; its holder hashes before strangers do."""
    return f"link:{link.digest}"


def _sign_up_of(tx: Any, link: Link) -> SignUp | None:
    if link.sign_up_id is None:
        return None
    return links.get_sign_up(tx.session, link.sign_up_id, link.account_id)


def _said(request: dict[str, Any]) -> tuple[str, Details | None]:
    """Return the password, and the details that have to come with a new one."""
    password, new_password = request["password"], request["new_password"]
    if (password is None) is (new_password is None):
        ask = "Say the password you registered with, or choose a new one."
        raise PasswordRequired("Confirming takes a password.", fields={"password": [ask]})
    details = _details(request)
    if password is None and details is None:
        raise _details_missing()
    return password or "", details if password is None else None


def _details(request: dict[str, Any]) -> Details | None:
    """Return whose the account is, if the request says it.

    Raises DetailsRequired for a half of it.
    """
    kind, name = request["kind"], request["name"]
    if kind is None and name is None:
        return None
    if kind is None or name is None:
        raise _details_missing()
    return Details(kind, name, request["phone"])


def _details_missing() -> DetailsRequired:
    ask = ["Say it anew: somebody else may have registered this address."]
    return DetailsRequired("Say whose account this is.", fields={"kind": ask, "name": ask})


def _begun_anew(
    service: Any, link: Link, email: str, new_password: str, details: Details
) -> Standing:
    require_acceptable(new_password, email, "new_password")
    password_hash = service.passwords.hash(new_password, _subject(link))
    return Standing(email, password_hash, details)


def _as_it_is(service: Any, link: Link, password: str, account: Account, own_hash: str) -> Standing:
    """Keep the account, by its own link and its own password; its logins go on."""
    if not service.passwords.verify(password, own_hash, _subject(link)):
        raise _wrong()
    return Standing(account.email, own_hash, verified_hash=own_hash)


def _as_signed_up(
    service: Any, link: Link, password: str, account: Account, own_hash: str, sign_up: SignUp
) -> Standing:
    """Let the sign-up stand; the account is kept where its own holder has registered again."""
    holder = _subject(link)
    if not service.passwords.verify(password, sign_up.password_hash, holder):
        raise _wrong()
    details = sign_up.details
    if sign_up.is_a_repetition_of(account) and service.passwords.verify(password, own_hash, holder):
        return Standing(sign_up.email, own_hash, verified_hash=own_hash, renamed=details)
    return Standing(sign_up.email, sign_up.password_hash, details)


def _found_by(
    service: Any,
    link: Link,
    password: str,
    account: Account,
    own_hash: str,
    beside: list[SignUp],
) -> Standing:
    """Return what this password was registered with: the newest sign-up, else the account."""
    holder = _subject(link)
    for sign_up in beside:
        if service.passwords.verify(password, sign_up.password_hash, holder):
            return _as_signed_up(service, link, password, account, own_hash, sign_up)
    if service.passwords.verify(password, own_hash, holder):
        return Standing(account.email, own_hash, verified_hash=own_hash)
    raise _details_missing()


def _wrong() -> EmailOrPasswordWrong:
    return EmailOrPasswordWrong("This is not the password that was registered with.")
