"""People and firms, made the way real ones are: by RPC, and by the links in their mails."""

import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import clients.members.storage
from chassis.errors import NotFound
from chassis.testing.world import World, eventually, link_in

PASSWORD = "correct horse battery staple"
NAMES = ("Ana Meyer", "Ben Okafor", "Chloé Durand", "Dario Rossi", "Eva Lindqvist", "Farid Haddad")


@dataclass
class Person:
    """Somebody with an account, signed in."""

    account_id: str
    name: str
    email: str
    token: str
    refresh_token: str

    def call(self, world: World, target: str, **fields: Any) -> Any:
        """``world.call`` as this person."""
        return world.call(target, as_=self.token, **fields)


@dataclass
class Firm:
    """A firm and the one who founded it."""

    firm_id: str
    founder: Person


def an_address() -> str:
    """An e-mail address that nobody has used."""
    return f"{secrets.token_hex(6)}@practice.example"


def a_professional(world: World, name: str | None = None, email: str | None = None) -> Person:
    """A professional whose address is verified, signed in; their solo firm may take a moment."""
    return _register(world, "professional", name, email)


def a_client_account(world: World, name: str | None = None, email: str | None = None) -> Person:
    """A client (a parent, a student …) with an account of their own."""
    return _register(world, "client", name, email)


def _register(world: World, kind: str, name: str | None, email: str | None) -> Person:
    name, email = name or secrets.choice(NAMES), email or an_address()
    world.call("identity.register", email=email, password=PASSWORD, name=name, kind=kind)
    token = link_in(world.mail(email, "/verify-email"), "/verify-email")
    world.call("identity.verify_email", token=token, password=PASSWORD)
    return sign_in(world, email)


def sign_in(world: World, email: str, password: str = PASSWORD) -> Person:
    """Log in; the person with fresh tokens."""
    login = world.call("identity.log_in", email=email, password=password)
    account = login["account"]
    return Person(
        account_id=account["account_id"],
        name=account["name"],
        email=account["email"],
        token=login["access_token"],
        refresh_token=login["refresh_token"],
    )


def a_firm(world: World, licenses: int = 0, level: str = "silver") -> Firm:
    """A fresh firm with that many unused licenses beside the founder's own."""
    founder = a_professional(world)
    overview = eventually(lambda: overview_of(world, founder))
    firm = Firm(overview["firm"]["firm_id"], founder)
    if licenses:
        buy_licenses(world, founder, licenses, level)
    return firm


def overview_of(world: World, person: Person) -> Any:
    """The firm overview as this person sees it; None while there is no firm yet."""
    try:
        return person.call(world, "groups.get_firm_overview")
    except NotFound:
        return None


def unused_licenses(world: World, person: Person) -> int:
    """How many licenses wait to be assigned, for somebody who may see that."""
    unused: int = overview_of(world, person)["licenses"]["unused"]
    return unused


def buy_licenses(world: World, buyer: Person, quantity: int, level: str = "silver") -> None:
    """Order, pay (the sandbox takes it) and wait until the licenses are in the pool."""
    before = unused_licenses(world, buyer)
    eventually(lambda: may_buy(world, buyer))
    buyer.call(
        world,
        "billing.order_licenses",
        quantity=quantity,
        level=level,
        payment_method="sandbox_ok",
    )
    eventually(lambda: unused_licenses(world, buyer) >= before + quantity)


def may_buy(world: World, buyer: Person) -> bool:
    """Whether billing has heard of the firm yet."""
    try:
        return bool(buyer.call(world, "billing.get_subscription"))
    except NotFound:
        return False


def invite(
    world: World, inviter: Person, email: str, role: str = "member", **more: Any
) -> dict[str, Any]:
    """Invite one person; the invitation."""
    people = [{"email": email, "name": secrets.choice(NAMES), "role": role, **more}]
    reply = inviter.call(world, "groups.invite_members", people=people)
    invitation: dict[str, Any] = reply["invitations"][0]
    return invitation


def invitation_token(world: World, email: str) -> str:
    """The token in the newest invitation mail to that address."""
    return link_in(world.mail(email, "/invitations"), "/invitations")


def a_joiner(world: World, firm: Firm, role: str = "member") -> Person:
    """Somebody who was invited by the founder, registered and accepted; clients may not know."""
    email = an_address()
    invite(world, firm.founder, email, role)
    token = invitation_token(world, email)
    person = a_professional(world, email=email)
    eventually(lambda: overview_of(world, person))
    person.call(world, "groups.accept_invitation", token=token)
    return person


def a_member(world: World, firm: Firm, role: str = "member") -> Person:
    """Somebody who was invited by the founder, registered, accepted, and is at work."""
    person = a_joiner(world, firm, role)
    eventually(lambda: works_in(world, person) == firm.firm_id)
    return person


def works_in(world: World, person: Person) -> str | None:
    """The firm that clients has the person in; None while the news of it is under way."""
    with world.transaction("clients") as tx:
        viewer = clients.members.storage.find_viewer(tx.session, UUID(person.account_id))
        return str(viewer.firm_id) if viewer else None
