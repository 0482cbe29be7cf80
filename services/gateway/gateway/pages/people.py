"""The people of the reader's firm: all of them, or one."""

from typing import Any
from uuid import UUID

from chassis.errors import Forbidden, NotFound
from gateway.pages import firm_words
from gateway.visits import Visit

ADMINS = ("admin",)
MANAGERS = ("admin", "billing_only")

Fields = dict[str, Any]


def require_role(visit: Visit, roles: tuple[str, ...]) -> None:
    """Raise Forbidden for a reader of another role, who could fill in a form but not send it.

    Where the role is not known at this moment, the service decides when the form is sent.
    """
    if visit.bell["role"] not in (None, *roles):
        raise Forbidden("this role has no use for the page")


def read_firm(visit: Visit) -> Fields:
    """Return the overview of the reader's firm with all its people, however many they are."""
    firm: Fields = visit.ask("groups", "get_firm_overview")
    cursor = firm["next_cursor"]
    while cursor:
        more = visit.ask("groups", "list_members", cursor=cursor, limit=200)
        firm["members"] += more["items"]
        cursor = more["next_cursor"]
    return firm


def find_person(firm: Fields, field: str, wanted: UUID) -> Fields:
    """Return the member or the invited person with that id. Raises NotFound."""
    for person in firm["members"]:
        if person[field] == str(wanted):
            found: Fields = person
            return found
    raise NotFound("there is nobody of that id in the firm")


def members_of(firm: Fields) -> list[Fields]:
    """Return who has joined."""
    return [person for person in firm["members"] if person["member_id"]]


def by_role(people: list[Fields]) -> list[tuple[str, list[Fields]]]:
    """Return the members under their roles, admins first; roles that nobody has are left out."""
    found = [
        (role, [person for person in people if person["member_id"] and person["role"] == role])
        for role in firm_words.ROLES
    ]
    return [(role, some) for role, some in found if some]


def roles(visit: Visit, *left_out: str) -> list[tuple[str, str]]:
    """Return the roles to choose from, each with its name."""
    return [
        (role, visit.text(name)) for role, name in firm_words.ROLES.items() if role not in left_out
    ]
