"""A client who is connected with an account of their own, and what both share."""

from typing import Any

from chassis.errors import Conflict
from chassis.testing.world import World, eventually, link_in
from tests.support.practice import Person

WHEN = {
    "starts_at": "2027-03-05T17:00",
    "ends_at": "2027-03-05T18:30",
    "time_zone": "Europe/Berlin",
}
CONTENT: dict[str, dict[str, Any]] = {
    "calendar": {"title": "School play", **WHEN, "location": "Main hall"},
    "activities": {"title": "Swimming", "child_name": "Mia", **WHEN},
    "messages": {"title": "Holidays", "text": "May we swap\nthe second week?"},
    "expenses": {"title": "Shoes", "amount": 4_950, "currency": "EUR", "day": "2027-03-01"},
    "child_info": {"title": "Allergy", "child_name": "Mia", "text": "No nuts."},
    "parenting_plan": {"title": "Plan", "text": "As agreed.", "day": "2027-03-02"},
    "custody_schedule": {"title": "Spring", "text": "Week by week", "starts_on": "2027-03-01"},
    "journal": {"title": "Handing over", "text": "On time.", "day": "2027-03-03"},
}


def a_client(world: World, member: Person, name: str = "Lea Klein", **more: Any) -> str:
    """A client of that member; the id."""
    given, _, family = name.partition(" ")
    fields = {"given_name": given, "family_name": family, "status": "active", **more}
    client_id: str = member.call(world, "clients.create_client", **fields)["client_id"]
    return client_id


def connect(world: World, member: Person, client_id: str, parent: Person) -> None:
    """Have the parent's account accept by the mailed link."""
    asked = {"client_id": client_id, "email": parent.email}
    request = member.call(world, "clients.request_connection", **asked)
    accept(world, parent, request["client_name"])


def accept(world: World, parent: Person, client_name: str = "") -> None:
    """Accept the newest request that was mailed to the parent, in the name of that client.

    The mail of an earlier one, which was taken back since, may be there first.
    """

    def accepted() -> bool:
        token = link_in(world.mail(parent.email, client_name or "/connections"), "/connections")
        try:
            parent.call(world, "clients.accept_connection", token=token)
        except Conflict:
            return False
        return True

    eventually(accepted)


def write(world: World, by: Person, client_id: str, section: str, **more: Any) -> Any:
    """Write an entry of the section, or change one; the entry."""
    content = more.pop("content", None) or CONTENT[section]
    of = {"client_id": client_id, "section": section, "content": content, **more}
    return by.call(world, "clients.write_entry", **of)
