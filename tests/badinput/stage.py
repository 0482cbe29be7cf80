"""Two firms that know nothing of each other, with one of everything that has an id."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import jwt

from chassis import clock
from chassis.testing.world import World, eventually
from tests.badinput import bills
from tests.badinput.entrypoints import Entrypoint
from tests.support.practice import (
    Firm,
    Person,
    a_client_account,
    a_firm,
    a_member,
    a_professional,
    an_address,
    buy_licenses,
    invite,
    overview_of,
    sign_in,
)

AN_HOUR = 3600


@dataclass
class Practice:
    """A firm at work, and the ids of what it has."""

    firm: Firm
    colleague: Person
    ids: dict[str, str]

    @property
    def founder(self) -> Person:
        return self.firm.founder


@dataclass
class Stage:
    """Who asks and what they ask about; ``strangers`` is the firm that is nobody's business."""

    world: World
    home: Practice
    strangers: Practice
    bookkeeper: Person
    clerk: Person
    """Billing-only as well; may be signed out without harm."""
    parent: Person
    leaver: Person
    """A professional of no firm of ours, who may be signed out too."""

    def person(self, kind: str) -> Person:
        return self.home.founder if kind == "professional" else self.parent

    def token(self, entrypoint: Entrypoint) -> str | None:
        """A token of somebody who may call this."""
        callers = entrypoint.spec.callers
        if callers.public:
            return None
        if callers.services:
            return self.world.as_service(sorted(callers.services)[0])
        return self.person("professional" if entrypoint.takes("professional") else "client").token

    def stranger_ids(self) -> dict[str, str]:
        """Real ids of the other firm, by what they are the id of."""
        return self.strangers.ids


def set_up(world: World) -> Stage:
    """Takes some seconds: everything happens as in life, mails and payments included."""
    home, strangers = a_practice(world), a_practice(world)
    bookkeeper, clerk = (a_member(world, home.firm, "billing_only") for _ in range(2))
    sign_in(world, home.founder.email)  # so that there is a second login to list
    parent, leaver = a_client_account(world), a_professional(world)
    for _ in range(2):
        home.ids["connected_client_id"] = _connect(world, home.founder, parent)
    for person in (home.founder, bookkeeper, clerk, parent, leaver):
        person.token = lasting(world, person)
    eventually(lambda: len(home.founder.call(world, "notifications.list_bell")["items"]) == 2)
    return Stage(world, home, strangers, bookkeeper, clerk, parent, leaver)


def a_practice(world: World) -> Practice:
    """A firm with a colleague, an invitation, clients, orders of each fate, and a receipt."""
    firm = a_firm(world, licenses=2)
    founder, ids = firm.founder, {"firm_id": firm.firm_id}
    buy_licenses(world, founder, 1)
    colleague = a_member(world, firm)
    overview = overview_of(world, founder)
    ids["account_id"] = founder.account_id
    ids["member_id"] = next(
        person["member_id"]
        for person in overview["members"]
        if person["account_id"] == colleague.account_id
    )
    ids["invitation_id"] = invite(world, founder, an_address())["invitation_id"]
    for name in ("Mia", "Noah"):
        made = founder.call(world, "clients.create_client", given_name=name, family_name="Klein")
        ids["client_id"] = made["client_id"]
    _hand_over(world, founder, ids)
    _changes(world, made)
    ids |= _shared(world, founder, ids["client_id"])
    ids |= _money(world, founder)
    bills.two_months(world, founder, ids)
    ids |= _papers(world, founder)
    return Practice(firm, colleague, ids)


def _hand_over(world: World, founder: Person, ids: dict[str, str]) -> None:
    """Two handovers, the newer one of two clients."""
    nobodys = {"family_name": "Klein", "assigned_member_id": None}
    taken, *given = (
        founder.call(world, "clients.create_client", given_name=name, **nobodys)["client_id"]
        for name in ("Lea", "Tom", "Zoe")
    )
    founder.call(world, "clients.assign_to_myself", client_id=taken)
    pairs = [{"client_id": one, "member_id": ids["member_id"]} for one in given]
    founder.call(world, "clients.reassign_clients", assignments=pairs)


def _shared(world: World, founder: Person, client_id: str) -> dict[str, str]:
    """A connection that is asked for, and two entries, of which one has two versions."""
    of = {"client_id": client_id}
    asked = founder.call(world, "clients.request_connection", email=an_address(), **of)
    of["section"] = "messages"
    for title in ("Hello", "Again"):
        content = {"title": title, "text": "There"}
        entry = founder.call(world, "clients.write_entry", content=content, **of)
    of["entry_id"] = entry["entry_id"]
    founder.call(world, "clients.write_entry", version=1, content={"text": "Here"}, **of)
    return {"connection_id": asked["connection_id"], "entry_id": entry["entry_id"]}


def _connect(world: World, founder: Person, parent: Person) -> str:
    """A record of a child of theirs, connected with the parent's account; its id."""
    child = founder.call(world, "clients.create_client", given_name="Lea", family_name="Klein")
    of = {"client_id": child["client_id"], "email": parent.email}
    asked = founder.call(world, "clients.request_connection", **of)
    link = world.call(
        "clients.issue_connection_link",
        as_=world.as_service("notifications"),
        connection_id=asked["connection_id"],
    )
    parent.call(world, "clients.accept_connection", token=link["token"])
    written = {"client_id": child["client_id"], "section": "messages"}
    content = {"title": "Hello", "text": "There"}
    parent.call(world, "clients.write_entry", content=content, **written)
    return str(child["client_id"])


def _money(world: World, founder: Person) -> dict[str, str]:
    """A declined order, and one whose money is awaited."""

    declined, awaited = (
        founder.call(
            world, "billing.order_licenses", quantity=1, level="silver", payment_method=method
        )
        for method in ("sandbox_declined", "manual")
    )

    def is_declined() -> bool:
        order = founder.call(world, "billing.get_order", order_id=declined["order_id"])
        return bool(order["payments"][0]["status"] == "declined")

    eventually(is_declined)
    return {
        "order_id": declined["order_id"],
        "payment_id": awaited["payments"][0]["payment_id"],
    }


def _changes(world: World, client: dict[str, Any]) -> None:
    """The client changes what they share, twice: so there is a bell to look at."""
    for title in ("Football", "Piano"):
        change = {
            "entry_id": uuid4(),
            "client_id": client["client_id"],
            "firm_id": client["firm_id"],
            "client_name": client["name"],
            "section": "calendar",
            "title": title,
            "action": "created",
            "side": "client",
            "changed_by_name": client["name"],
            "changes": [{"field": "title", "old": None, "new": title}],
            "assigned_member_id": client["assigned_member_id"],
            "changed_at": clock.now(),
            "version": 1,
        }
        world.publish("clients", "shared_entry_changed.v1", change)


def _papers(world: World, founder: Person) -> dict[str, str]:
    """Ids that only lists tell."""
    first = {
        "receipt_id": "billing.list_receipts",
        "statement_id": "billing.list_statements",
        "license_id": "groups.list_license_entries",
        "mail_id": "notifications.list_mails",
        "session_id": "identity.list_login_sessions",
        "handover_id": "clients.list_handovers",
    }
    return {
        name: eventually(lambda target=target: founder.call(world, target)["items"])[0][name]
        for name, target in first.items()
    }


def lasting(world: World, person: Person, **other: Any) -> str:
    """A token like that person's, which outlives a slow run; ``other`` claims replace theirs."""
    claims = jwt.decode(person.token, options={"verify_signature": False})
    theirs = {
        "account_id": UUID(claims["sub"]),
        "kind": claims["kind"],
        "name": claims["name"],
        "email": claims["email"],
        "session_id": UUID(claims["sid"]),
        "lifetime": AN_HOUR,
    }
    return world.as_person(**theirs | other)


def nobody(stage: Stage, kind: str) -> Person:
    """Somebody whose token is good and whose account does not exist."""
    person = stage.person(kind)
    return replace(
        person, token=lasting(stage.world, person, account_id=uuid4(), session_id=uuid4())
    )
