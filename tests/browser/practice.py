"""A practice with something on every page, made through the HTTP API."""

import secrets
from dataclasses import dataclass
from typing import Any

from tests.browser.api import Account, an_account, soon
from tests.browser.house import House

LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh"
LONG_ADDRESS = "very.long.address.of.somebody.who.is.invited@department.practice.example"
WHEN = {"starts_at": "2027-03-05T17:00", "ends_at": "2027-03-05T18:30", "time_zone": "UTC"}
CONTENT: dict[str, dict[str, Any]] = {
    "calendar": {"title": "School play", "location": "Main hall", **WHEN},
    "activities": {"title": "Swimming", "child_name": "Mia", **WHEN},
    "messages": {"title": "Holidays", "text": "May we swap\nthe second week?"},
    "expenses": {"title": "Shoes", "amount": 4_950, "currency": "EUR", "day": "2027-03-01"},
}


@dataclass
class Practice:
    """Who works there, and the ids that its pages need."""

    admin: Account
    member: Account
    billing: Account
    client: Account
    ids: dict[str, str]


def a_practice(house: House) -> Practice:
    """A firm with an admin, a member, somebody for billing, a connected client, and a past."""
    tail = secrets.token_hex(3)
    admin = an_account(house, "Ana Meyer", f"ana-{tail}@practice.example")
    _buy(admin, 4)
    admin.call("PUT", "/firm/name", name="Meyer & Okafor")
    member = _colleague(house, admin, "Ben Okafor", f"ben-{tail}@practice.example", "member")
    billing = _colleague(house, admin, "Cleo Roux", f"cleo-{tail}@practice.example", "billing_only")
    invited = {"name": LONG_NAME, "email": f"{tail}.{LONG_ADDRESS}", "role": "practitioner"}
    invitation = admin.call("POST", "/invitations", people=[invited])["invitations"][0]
    found = _clients(admin)
    client = an_account(house, "Pia Klein", f"pia-{tail}@family.example", "client")
    connection = connect(admin, found["client_id"], client)
    entry = [write(client, found["client_id"], section) for section in CONTENT][-1]
    members = {one["email"]: one.get("member_id") for one in _overview(admin)["members"]}
    admin.call("PUT", f"/clients/{found['moved']}/member", member_id=members[member.email])
    ids = {
        "client_id": found["client_id"],
        "connection_id": connection,
        "entry_id": entry,
        "invitation_id": invitation["invitation_id"],
        "member_id": members[member.email],
        "billing_id": members[billing.email],
        "handover_id": soon(lambda: admin.call("GET", "/handovers")["items"])[0]["handover_id"],
        "plan": "pro_gold",
        **_orders(admin),
    }
    return Practice(admin, member, billing, client, ids)


def connect(by: Account, client_id: str, client: Account) -> str:
    """Have the client accept what is asked by mail; the id of the connection."""
    by.call("POST", f"/clients/{client_id}/connections", email=client.email)
    client.call("POST", "/connections/accept", token=client.link("/connections"))
    found = by.call("GET", f"/connections?client_id={client_id}")["items"]
    return str(found[0]["connection_id"])


def write(by: Account, client_id: str, section: str) -> str:
    """Write an entry of that section; its id."""
    path = f"/clients/{client_id}/entries"
    written = by.call("POST", path, section=section, content=CONTENT[section])
    return str(written["entry_id"])


def a_record(by: Account, given_name: str, family_name: str, **more: Any) -> str:
    """A client of whoever opens the record; the id."""
    named = {"given_name": given_name, "family_name": family_name, "status": "active", **more}
    return str(by.call("POST", "/clients", **named)["client_id"])


def _overview(account: Account) -> Any:
    return soon(lambda: account.call("GET", "/firm"))


def _buy(admin: Account, licenses: int) -> None:
    before = _overview(admin)["licenses"]["unused"]
    year = {"plan": "pro_silver", "payment_method": "sandbox_ok"}
    soon(lambda: admin.call("POST", "/billing/subscription", **year))
    soon(lambda: _order(admin, quantity=licenses, payment_method="sandbox_ok"))
    soon(lambda: _overview(admin)["licenses"]["unused"] >= before + licenses)


def _order(admin: Account, **fields: Any) -> str:
    order = admin.call("POST", "/billing/license-orders", level="silver", **fields)
    return str(order["order_id"])


def _colleague(house: House, admin: Account, name: str, email: str, role: str) -> Account:
    admin.call("POST", "/invitations", people=[{"name": name, "email": email, "role": role}])
    invited = Account(house, name, email)
    token = invited.link("/invitations")
    colleague = an_account(house, name, email)
    soon(lambda: colleague.call("POST", "/invitations/accept", token=token))
    return colleague


def _clients(admin: Account) -> dict[str, str]:
    whole = {"number": "2026-17", "tags": ["custody", "mediation"], "phones": ["+44 20 7946 0958"]}
    more = {"emails": ["lea@family.example"], "additional_information": "Prefers calls."}
    lea = soon(lambda: a_record(admin, "Lea", "Klein", **whole, **more))
    a_record(admin, "Tom", "Berg", assigned_member_id=None)
    return {"client_id": lea, "moved": a_record(admin, "Xaver", LONG_NAME, tags=["tutoring"])}


def _orders(admin: Account) -> dict[str, str]:
    receipts = soon(lambda: admin.call("GET", "/billing/receipts")["items"])
    order = _order(admin, quantity=1, payment_method="sandbox_declined")
    return {"receipt_id": receipts[0]["receipt_id"], "order_id": order}
