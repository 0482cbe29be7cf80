"""Getting somebody in: registering, opening the link in the mail, logging in."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import eventlet

from chassis.errors import ChassisError, NotFound, RateLimited, Unauthenticated
from chassis.ids import uuid7
from onboarding.practice import Practice
from onboarding.system import System, wait_for

T = TypeVar("T")
LONGEST_PAUSE = 90.0  # seconds, of all pauses of one call together


class MailNeeded(RuntimeError):
    """A person has to open the link in their mail first."""


@dataclass
class SignedIn:
    """A person with a token, which is renewed when it has run out."""

    account_id: str
    name: str
    email: str
    verified: bool
    token: str
    refresh_token: str

    def call(self, system: System, target: str, *, key: str | None = None, **fields: Any) -> Any:
        """Return the reply to a call as this person."""
        key = key or str(uuid7())
        try:
            return system.call(target, as_=self.token, key=key, **fields)
        except Unauthenticated:
            self._renew(system)
        return system.call(target, as_=self.token, key=key, **fields)

    def _renew(self, system: System) -> None:
        login = system.call("identity.refresh", refresh_token=self.refresh_token)
        self.token, self.refresh_token = login["access_token"], login["refresh_token"]


def patiently(call: Callable[[], T], longest: float = LONGEST_PAUSE) -> T:
    """Return what ``call`` gives, after the pauses it is told to make.

    These are of ``longest`` seconds in all. Raises RateLimited where they would be longer.
    """
    while True:
        try:
            return call()
        except RateLimited as limited:
            pause = max(float(limited.details.get("retry_after", longest + 1)), 1)
            if pause > longest:
                raise
            print(f"  asked to wait {pause:.0f} s: {limited.message}", file=sys.stderr)
            eventlet.sleep(pause)
            longest -= pause


def log_in(system: System, email: str, password: str) -> SignedIn:
    """Sign the person in afresh. Raises Unauthenticated, RateLimited."""
    login = patiently(lambda: system.call("identity.log_in", email=email, password=password))
    account = login["account"]
    return SignedIn(
        account["account_id"],
        account["name"],
        account["email"],
        account["email_verified"],
        login["access_token"],
        login["refresh_token"],
    )


def register(
    system: System, name: str, email: str, password: str, kind: str = "professional"
) -> None:
    """Open an account; an address that is known gets a mail that says so."""
    new = {"name": name, "email": email, "password": password, "kind": kind}
    key = str(uuid7())
    patiently(lambda: system.call("identity.register", key=key, **new))


def verify(system: System, email: str, password: str) -> None:
    """Open the link in the newest verification mail, as who registered with that password."""
    token = system.link(email, "/verify-email")
    try:
        system.call("identity.verify_email", token=token, password=password)
    except ChassisError as error:
        if error.kind not in {"conflict", "not_found"}:
            raise  # spent by an earlier run is fine: logging in tells


def found(system: System, practice: Practice, password: str) -> SignedIn:
    """Return the founder, registered and verified where that had not happened yet, with a firm.

    Raises MailNeeded where somebody has to open the mail by hand.
    """
    founder = practice.founder
    try:
        person = log_in(system, founder.email, password)
    except Unauthenticated:
        register(system, founder.name, founder.email, password)
        person = _verified(system, founder.email, password)
    if not person.verified:
        person = _verified(system, founder.email, password)
    wait_for(lambda: overview(system, person), "the founder's firm")
    wait_for(lambda: subscription(system, person), "the firm's subscription")
    return person


def _verified(system: System, email: str, password: str) -> SignedIn:
    """Signed in after the link in the mail was opened."""
    if not system.reads_mail:
        raise MailNeeded(f"open the link in the mail to {email}, then run this again")
    verify(system, email, password)
    person = log_in(system, email, password)
    if not person.verified:
        person.call(system, "identity.resend_verification")
        raise MailNeeded(f"the link in the mail to {email} is too old: a new one is on its way")
    return person


def overview(system: System, person: SignedIn) -> Any:
    """Return the firm as this person sees it; None while there is none."""
    try:
        return person.call(system, "groups.get_firm_overview")
    except NotFound:
        return None


def subscription(system: System, person: SignedIn) -> Any:
    """Return the firm's subscription; None until billing has heard of the firm."""
    try:
        return person.call(system, "billing.get_subscription")
    except NotFound:
        return None
