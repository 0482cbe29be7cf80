"""Firms and members as groups would announce them, and what tests ask billing about them."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa

from billing.firms import tables
from billing.tables import metadata
from chassis.ids import uuid7
from chassis.testing.world import World, eventually


@dataclass
class Member:
    """Somebody in a firm, with a token to call with."""

    member_id: UUID
    account_id: UUID
    token: str
    state: dict[str, Any]


@dataclass
class Firm:
    """A firm that billing knows, with the members it was told of."""

    world: World
    firm_id: UUID = field(default_factory=uuid7)
    name: str = "Ash & Partners"

    def member(self, role: str, name: str = "", status: str = "active") -> Member:
        """A new member; billing knows of them when this returns."""
        member_id, account_id = uuid7(), uuid7()
        email = f"{role}-{member_id.hex[-12:]}@firm.example"
        state = {
            "member_id": member_id, "firm_id": self.firm_id, "account_id": account_id,
            "name": name or f"A {role}", "email": email, "role": role, "senior": False,
            "status": status, "left_firm_id": None, "invitation_id": None,
            "firm_name": self.name, "invited_by_name": None, "version": 1,
        }  # fmt: skip
        self.world.publish("groups", "member_joined.v1", state, subject=str(member_id))
        token = self.world.as_person(account_id=account_id, name=state["name"], email=email)
        member = Member(member_id, account_id, token, state)
        eventually(lambda: self.known_version(member) == 1)
        return member

    def change(self, member: Member, **changes: Any) -> None:
        """News about a member; billing has taken it in when this returns."""
        member.state |= {"version": member.state["version"] + 1, **changes}
        self.tell(member.state)
        eventually(lambda: self.known_version(member) == member.state["version"])

    def remove(self, member: Member) -> None:
        """The member is removed from the firm; billing has taken it in when this returns."""
        member.state |= {
            "version": member.state["version"] + 1, "status": "removed", "reason": "removed",
            "home_firm_id": uuid7(), "home_member_id": uuid7(),
        }  # fmt: skip
        self.world.publish(
            "groups", "member_removed.v1", member.state, subject=str(member.member_id)
        )
        eventually(lambda: self.known_version(member) == member.state["version"])

    def tell(self, state: dict[str, Any]) -> UUID:
        """News about a member in any state; returns the event's id."""
        subject = str(state["member_id"])
        return self.world.publish("groups", "member_changed.v1", state, subject=subject)

    def known_version(self, member: Member) -> int | None:
        """The newest version of a member that billing has heard of."""
        of_member = tables.members.c.member_id == member.member_id
        with self.world.transaction("billing") as tx:
            return tx.session.scalar(sa.select(tables.members.c.version).where(of_member))


def a_firm(world: World, name: str = "Ash & Partners") -> Firm:
    """A firm in its trial."""
    firm = Firm(world, name=name)
    state = {
        "firm_id": firm.firm_id, "name": name, "solo": True, "policy": "open",
        "owner_account_id": uuid7(), "version": 1,
    }  # fmt: skip
    world.publish("groups", "firm_created.v1", state, subject=str(firm.firm_id))
    eventually(lambda: rows(world, tables.subscriptions, firm_id=firm.firm_id))
    return firm


def rows(world: World, table: sa.Table, **equal: Any) -> list[Any]:
    """The rows of one of billing's tables."""
    with world.transaction("billing") as tx:
        return list(tx.session.execute(sa.select(table).filter_by(**equal)).all())


def said(world: World, event_type: str, **equal: Any) -> list[dict[str, Any]]:
    """The data of the events of this type that billing said, by fields of theirs."""
    with world.transaction("billing") as tx:
        outbox = metadata.tables["outbox"]
        found = tx.session.scalars(
            sa.select(outbox.c.envelope).where(outbox.c.type == event_type).order_by(outbox.c.id)
        ).all()
    data = [orjson.loads(envelope)["data"] for envelope in found]
    return [each for each in data if all(each[name] == str(equal[name]) for name in equal)]


def when(world: World, member: Member, order: dict[str, Any], status: str) -> dict[str, Any]:
    """The order once it has that status."""

    def look() -> dict[str, Any] | None:
        now = world.call("billing.get_order", as_=member.token, order_id=order["order_id"])
        return now if now["status"] == status else None

    return eventually(look)
