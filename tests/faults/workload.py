"""Invite, register, accept, be welcomed: every step under its own key, repeated until answered.

The same workload may be started again after any crash: its keys and addresses are the same, so
nothing is done twice.
"""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import eventlet

from chassis.errors import Conflict, DeadlineExceeded, NotFound, RateLimited, Unavailable
from chassis.testing.world import World, eventually, link_in
from notifications.mails.mail import PAUSES
from tests.support.practice import PASSWORD, Person, overview_of, unused_licenses

PATIENCE = 90.0
# A mail that met a death is tried again after a pause; one in hundreds meets three.
MAIL_PATIENCE = PATIENCE + sum(pause.total_seconds() for pause in PAUSES[:3])


class Workload:
    """One founder and the colleagues they invite.

    ``acknowledged`` maps each invited address to its invitation; a ``diary`` keeps these beyond
    the death of this process, too.
    """

    def __init__(self, world: World, name: str, diary: Path | None = None) -> None:
        self.world = world
        self.name = name
        self.diary = diary
        self.acknowledged: dict[str, str] = {}
        self.joined: list[str] = []

    def address(self, number: int | str) -> str:
        """The e-mail address of that colleague."""
        return f"{self.name}-{number}@practice.example"

    def persist(self, step: str, target: str, as_: str | None = None, **fields: Any) -> Any:
        """The reply, however often the call has to be repeated under its key."""
        key = f"{self.name}:{step}"
        with eventlet.Timeout(PATIENCE, AssertionError(f"{target} was never answered")):
            while True:
                try:
                    return self.world.call(target, as_=as_, key=key, timeout=4, **fields)
                except (Unavailable, DeadlineExceeded, RateLimited):
                    eventlet.sleep(0.2)

    def sign_up(self, email: str, name: str, kind: str = "professional") -> Person:
        """An account with a verified address, signed in."""
        new = {"email": email, "password": PASSWORD, "name": name, "kind": kind}
        self.persist(f"register {email}", "identity.register", **new)
        mail = self._mail(email, "/verify-email")
        token = link_in(mail, "/verify-email")
        # an earlier run may have spent another link of this address; the login tells
        with suppress(Conflict, NotFound):
            known = {"token": token, "password": PASSWORD}
            self.persist(f"verify {digest_of(token)}", "identity.verify_email", **known)
        login = self.persist(
            f"login {email} {digest_of(token)}", "identity.log_in", email=email, password=PASSWORD
        )
        account = login["account"]
        return Person(
            account["account_id"], name, email, login["access_token"], login["refresh_token"]
        )

    def sign_in_again(self, person: Person) -> Person:
        """With a fresh token: they live for ten minutes."""
        login = self.persist(
            f"login {digest_of(person.token)}",
            "identity.log_in",
            email=person.email,
            password=PASSWORD,
        )
        person.token = login["access_token"]
        return person

    def found(self, licenses: int) -> Person:
        """The founder, with that many licenses bought."""
        self.arrive()
        order = {"quantity": licenses, "level": "silver", "payment_method": "sandbox_ok"}
        self._until(lambda: self._has_subscription())
        self.persist("order", "billing.order_licenses", self.founder.token, **order)
        self._until(lambda: self._total() > licenses)
        return self.founder

    def arrive(self) -> Person:
        """The founder, whose firm is there and has bought nothing."""
        self.founder = self.sign_up(self.address("founder"), "Ana Meyer")
        self._until(lambda: self._has_firm(self.founder))
        return self.founder

    def invite(self, numbers: Iterable[int]) -> None:
        """Invite these, one command each; noted only when acknowledged."""
        for number in numbers:
            email = self.address(number)
            people = [{"email": email, "name": f"Colleague {number}", "role": "member"}]
            reply = self.persist(
                f"invite {email}", "groups.invite_members", self.founder.token, people=people
            )
            self._acknowledge(email, reply["invitations"][0]["invitation_id"])

    def _acknowledge(self, email: str, invitation_id: str) -> None:
        self.acknowledged[email] = invitation_id
        if self.diary is not None:
            with self.diary.open("a") as diary:
                diary.write(f"{email} {invitation_id}\n")

    def accept(self, number: int) -> Person:
        """Register, and accept by the link in the mail; who has joined."""
        email = self.address(number)
        person = self.sign_up(email, f"Colleague {number}")
        self._until(lambda: self._has_firm(person))
        token = link_in(self._mail(email, "/invitations"), "/invitations")
        try:
            self.persist(
                f"accept {digest_of(token)}",
                "groups.accept_invitation",
                person.token,
                token=token,
            )
        except (Conflict, NotFound):
            overview = overview_of(self.world, person)
            assert overview["firm"]["firm_id"] == self.firm_id
        self.joined.append(email)
        return person

    def run(self, size: int, licenses: int | None = None) -> None:
        """The whole way for ``size`` colleagues, four at a time."""
        self.found(licenses or size)
        self.work(size)

    def work(self, size: int) -> None:
        """Invite and bring in ``size`` colleagues, for a founder who is there."""
        self.invite(range(size))
        pool = eventlet.GreenPool(4)
        for _ in pool.imap(self.accept, range(size)):
            pass

    @property
    def firm_id(self) -> str:
        """The founder's firm."""
        firm_id: str = self.persist(
            f"overview {eventlet.hubs.get_hub().clock()}",
            "groups.get_firm_overview",
            self.founder.token,
        )["firm"]["firm_id"]
        return firm_id

    def _mail(self, email: str, holding: str) -> Any:
        try:
            return eventually(lambda: self._newest(email, holding), timeout=MAIL_PATIENCE)
        except AssertionError as error:
            owed = "SELECT kind, state, reason, attempts, due_at FROM mails WHERE recipient = :to"
            known = self.world.rows("notifications", owed, to=email)
            raise AssertionError(f"no mail to {email} holds {holding}: {known}") from error

    def _newest(self, email: str, holding: str) -> Any:
        try:
            return self.world.mail(email, holding)
        except AssertionError:
            return None

    def _until(self, look: Any) -> None:
        def patiently() -> Any:
            try:
                return look()
            except (Unavailable, DeadlineExceeded):
                return False

        eventually(patiently, timeout=PATIENCE)

    def _has_firm(self, person: Person) -> bool:
        return overview_of(self.world, person) is not None

    def _has_subscription(self) -> bool:
        try:
            return bool(self.founder.call(self.world, "billing.get_subscription"))
        except NotFound:
            return False

    def _total(self) -> int:
        total: int = overview_of(self.world, self.founder)["licenses"]["total"]
        return total

    def unused(self) -> int:
        """Unused licenses now."""
        return unused_licenses(self.world, self.founder)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()[:16]
