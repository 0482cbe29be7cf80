"""Builders for tests of the running service: accounts as identity announces them, and firms."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
import sqlalchemy as sa

from chassis import clock
from chassis.errors import ChassisError
from chassis.outbox import outbox
from chassis.testing.world import World, eventually
from groups.accounts import storage as accounts
from groups.firms import storage as firms
from groups.invitations import acts as overdue
from groups.licenses.storage import knows_order
from groups.members import storage as members


@dataclass
class Person:
    """Somebody with an account: what identity says of them, and calls in their name."""

    world: World
    name: str = "Ana Ruiz"
    email: str = ""
    kind: str = "professional"
    verified: bool = True
    account_id: UUID = field(default_factory=uuid4)

    def __post_init__(self) -> None:
        self.email = self.email or f"{self.account_id.hex}@example.com"

    @property
    def token(self) -> str:
        """A fresh token: tests let weeks pass, tokens live for minutes."""
        return self.world.as_person(
            account_id=self.account_id, kind=self.kind, name=self.name, email=self.email,
            verified=self.verified,
        )  # fmt: skip

    def call(self, method: str, key: str | None = None, **fields: Any) -> Any:
        """The answer of groups to this person."""
        return self.world.call(f"groups.{method}", as_=self.token, key=key, **fields)

    def announce(self, version: int = 1, **changed: Any) -> UUID:
        """Let identity say what it says on registration (1) or verification (2 and on)."""
        state = {
            "account_id": str(self.account_id), "kind": self.kind, "email": self.email,
            "name": self.name, "phone": None, "email_verified": self.verified,
            "version": version, **changed,
        }  # fmt: skip
        event = "account_registered.v1" if version == 1 else "email_verified.v1"
        return self.world.publish("identity", event, state, subject=str(self.account_id))

    def arrived(self) -> "Person":
        """Announced, and known to groups."""
        self.announce()
        eventually(self.is_known)
        return self

    def is_known(self) -> bool:
        """Whether groups has heard of the account."""
        with self.world.transaction("groups") as tx:
            return accounts.find_account(tx.session, self.account_id) is not None

    def overview(self) -> Any:
        """The firm overview as this person sees it."""
        return self.call("get_firm_overview")

    def pool(self) -> tuple[int, int, int, int]:
        """``total, unused, held, used`` of the person's firm, whoever may see them."""
        with self.world.transaction("groups") as tx:
            member = members.get_own_membership(tx.session, self.account_id)
            pool = firms.read_pool(tx.session, member.firm_id)
        return pool["total"], pool["unused"], pool["held"], pool["used"]

    def firm_id(self) -> UUID:
        """The firm in which the person works."""
        with self.world.transaction("groups") as tx:
            return members.get_own_membership(tx.session, self.account_id).firm_id

    def invite(self, *people: dict[str, Any], key: str | None = None) -> list[dict[str, Any]]:
        """Invite these rows."""
        return self.call("invite_members", key=key, people=list(people))["invitations"]


def a_professional(world: World, name: str = "Ana Ruiz", **more: Any) -> Person:
    """A professional whose solo firm is there."""
    return Person(world, name, **more).arrived()


def a_firm(world: World, licenses: int = 0, name: str = "Ana Ruiz") -> Person:
    """The admin of a firm with that many unused licenses."""
    admin = a_professional(world, name)
    if licenses:
        buy(admin, licenses)
    return admin


def buy(buyer: Person, quantity: int, days: int = 365, **changed: Any) -> UUID:
    """Let billing say that the buyer's firm has paid for licenses; returns the order's id."""
    order_id = uuid4()
    data = {
        "order_id": order_id, "firm_id": buyer.firm_id(), "quantity": quantity,
        "level": "gold", "purchased_at": clock.now(), "bought_by": buyer.account_id,
        "paid_through": clock.now().date() + timedelta(days=days), **changed,
    }  # fmt: skip
    buyer.world.publish("billing", "licenses_purchased.v1", data, subject=str(order_id))
    # Not by the pool's numbers: time may end others of its licenses at the same moment.
    eventually(lambda: _are_there(buyer.world, order_id))
    return order_id


def _are_there(world: World, order_id: UUID) -> bool:
    with world.transaction("groups") as tx:
        return knows_order(tx.session, order_id)


def row(email: str = "", name: str = "Ben Okafor", role: str = "member", **more: Any) -> dict:
    """One row of a request to invite."""
    return {"email": email or f"{uuid4().hex}@example.com", "name": name, "role": role, **more}


def link_to(world: World, invitation_id: str) -> str:
    """The token that a mail's link would carry."""
    issued = world.call(
        "groups.issue_invitation_link",
        as_=world.as_service("notifications"),
        invitation_id=invitation_id,
    )
    return issued["token"]


def join(inviter: Person, role: str = "member", name: str = "Ben Okafor") -> Person:
    """Somebody who was invited and has accepted."""
    newcomer = a_professional(inviter.world, name)
    (invitation,) = inviter.invite(row(newcomer.email, name, role))
    newcomer.call("accept_invitation", token=link_to(inviter.world, invitation["invitation_id"]))
    return newcomer


def member_id(person: Person) -> str:
    """The person's membership in the firm where they work."""
    return person.overview()["viewer"]["member_id"]


def remove(
    by: Person, person: Person, key: str | None = None, of_member: str = "", **more: Any
) -> dict[str, Any]:
    """Let clients pass on that ``by`` removes the person; oneself is leaving."""
    with by.world.transaction("groups") as tx:
        own = members.find_active_member(tx.session, person.account_id)
    request = {
        "account_id": by.account_id, "member_id": of_member or (own.id if own else uuid4()),
        "keep_clients": True, **more,
    }  # fmt: skip
    return by.world.call(
        "groups.remove_member", as_=by.world.as_service("clients"), key=key, **request
    )


def invited(world: World, ben: Person, role: str = "member", licenses: int = 1):
    """The admin who invited Ben, and the token in Ben's mail."""
    admin = a_firm(world, licenses)
    (invitation,) = admin.invite(row(ben.email, "Ben", role))
    return admin, link_to(world, invitation["invitation_id"])


def refusal(kind: type[ChassisError], call: Callable[[], Any]) -> str:
    """The code with which the call is refused."""
    with pytest.raises(kind) as refused:
        call()
    return refused.value.code


def said(world: World, event_type: str, firm_id: UUID) -> list[dict[str, Any]]:
    """The data of the firm's events of that type, oldest first."""
    bodies = sa.select(outbox.c.envelope).where(outbox.c.type == event_type).order_by(outbox.c.id)
    with world.transaction("groups") as tx:
        found = tx.session.scalars(bodies).all()
    envelopes = [orjson.loads(body) for body in found]
    return [one["data"] for one in envelopes if one["firm_id"] == str(firm_id)]


def sweep(world: World) -> None:
    """Do in groups what is due by now, as its jobs do."""
    database = world.database("groups")
    overdue.end_everywhere(database)
    overdue.announce_everywhere(database)
