"""Firms and members as groups would tell of them, and their people's tokens."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

from chassis.ids import uuid7
from chassis.testing.world import World, eventually
from clients import tables


@dataclass
class Somebody:
    """A member of an emulated firm."""

    world: World
    firm_id: str
    role: str = "member"
    name: str = "Max Member"
    account_id: str = field(default_factory=lambda: str(uuid7()))
    member_id: str = field(default_factory=lambda: str(uuid7()))
    version: int = 1

    def __post_init__(self) -> None:
        self.email = f"{self.account_id}@practice.example"
        self.token = self.world.as_person(
            account_id=self.account_id, email=self.email, name=self.name
        )

    def call(self, method: str, **fields: Any) -> Any:
        return self.world.call(f"clients.{method}", as_=self.token, **fields)

    def state(self, **changes: Any) -> dict[str, Any]:
        state = {
            "member_id": self.member_id,
            "firm_id": self.firm_id,
            "account_id": self.account_id,
            "name": self.name,
            "email": self.email,
            "role": self.role,
            "senior": False,
            "status": "active",
            "left_firm_id": None,
            "invitation_id": None,
            "firm_name": "Weiss and Partners",
            "invited_by_name": None,
            "version": self.version,
        }
        return {**state, **changes}

    def joins(self, left_firm_id: str | None = None) -> "Somebody":
        """Their joining is told, and has reached clients."""
        state = self.state(left_firm_id=left_firm_id)
        self.world.publish("groups", "member_joined.v1", state, subject=self.member_id)
        eventually(self.known)
        return self

    def changes(self, **changes: Any) -> None:
        """A change of theirs is told, and has reached clients."""
        self.version += 1
        state = self.state(**changes)
        self.world.publish("groups", "member_changed.v1", state, subject=self.member_id)
        eventually(lambda: self._stored_version() == self.version)

    def goes(
        self,
        home: "Somebody",
        keep: bool = True,
        by: "Somebody | None" = None,
        departure_id: str | None = None,
    ) -> UUID:
        """Their removal is told, or their leaving; returns the event's id."""
        self.version += 1
        by = by or self
        state = {
            **self.state(status="removed"),
            "reason": "left" if by is self else "removed",
            "removed_by_account_id": by.account_id,
            "removed_by_name": by.name,
            "keep_clients": keep,
            "departure_id": departure_id,
            "home_firm_id": home.firm_id,
            "home_member_id": home.member_id,
        }
        return self.world.publish("groups", "member_removed.v1", state, subject=self.member_id)

    def is_gone(self) -> bool:
        return self._stored_version() == self.version

    def known(self) -> bool:
        return self._stored_version() >= 1

    def _stored_version(self) -> int:
        return stored_version(self.world, self.member_id)


def stored_version(world: World, member_id: str) -> int:
    members = tables.metadata.tables["members"]
    with world.transaction("clients") as tx:
        query = members.select().where(members.c.member_id == UUID(member_id))
        row = tx.session.execute(query).first()
    return row.version if row else 0


def a_firm(world: World, policy: str = "open", solo: bool = False) -> str:
    """A firm's id, which clients has heard of."""
    firm_id = str(uuid7())
    firm = {
        "firm_id": firm_id,
        "name": "Weiss and Partners",
        "solo": solo,
        "policy": policy,
        "owner_account_id": str(uuid7()),
        "version": 1,
    }
    world.publish("groups", "firm_created.v1", firm, subject=firm_id)
    firms = tables.metadata.tables["firms"]

    def heard() -> bool:
        with world.transaction("clients") as tx:
            return tx.session.execute(
                firms.select().where(firms.c.firm_id == UUID(firm_id))
            ).first()

    eventually(heard)
    return firm_id


def a_practice(world: World, *roles: str, policy: str = "open") -> list[Somebody]:
    """One member per role, all in one fresh firm."""
    firm_id = a_firm(world, policy)
    return [Somebody(world, firm_id, role).joins() for role in roles]


def said(world: World, client_id: str, event_type: str | None = None) -> list[dict[str, Any]]:
    """The events said about a client, oldest first, from the outbox."""
    outbox = tables.metadata.tables["outbox"]
    query = outbox.select().where(outbox.c.subject == client_id).order_by(outbox.c.id)
    if event_type is not None:
        query = query.where(outbox.c.type == event_type)
    with world.transaction("clients") as tx:
        rows = tx.session.execute(query).all()
    return [{"type": row.type, **orjson.loads(row.envelope)["data"]} for row in rows]
