"""The home page: a firm's clients by name, a page at a time."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.paging import Paged
from clients.members.tables import members
from clients.members.viewer import Viewer
from clients.records.access_storage import Sight, looking, visible_to
from clients.records.events import Connection
from clients.records.phones import dialled
from clients.records.search import terms
from clients.records.tables import clients

UNASSIGNED = "unassigned"
MINE = "mine"

_shown = (
    clients.c.client_id,
    clients.c.number,
    clients.c.name,
    clients.c.sort_name,
    clients.c.status,
    clients.c.connection,
    (clients.c.connection == Connection.CONNECTED).label("shared"),
    clients.c.assigned_member_id,
    clients.c.tags,
    members.c.name.label("assigned_member_name"),
)


@dataclass(frozen=True)
class PageShape:
    """What makes one list's statements others than the next one's; the rest are parameters.

    ``unassigned`` is None where it does not matter whose they are; ``spellings`` counts those of
    each term of a search.
    """

    sight: Sight
    unassigned: bool | None
    spellings: tuple[int, ...]


def list_clients(
    session: Session, viewer: Viewer, limit: int, cursor: str | None = None, **filters: Any
) -> dict[str, Any]:
    """Return one page of what the viewer may see, by name; with the name of each client's member.

    ``filters`` are those of ``asked_page``. Raises InvalidCursor.
    """
    shape, asked = asked_page(viewer, **filters)
    # A reply asks each of its fields by name, which costs a failed try each on anything but these.
    return _listed(shape).read(session, limit, cursor, **asked)


def asked_page(
    viewer: Viewer,
    search: str | None = None,
    assigned_to: str | None = None,
    country_code: str = "1",
) -> tuple[PageShape, dict[str, Any]]:
    """Return which statements give these clients by page, and with which parameters.

    ``assigned_to`` is "mine", "unassigned" or a member's id, ``country_code`` where a number that
    is searched for is dialled.
    """
    asked = looking(viewer)
    if assigned_to not in (None, UNASSIGNED):
        asked["of_member"] = viewer.member_id if assigned_to == MINE else UUID(assigned_to)
    searched = terms(search or "", lambda typed: dialled(typed, country_code))
    for number, spellings in enumerate(searched):
        for other, spelling in enumerate(spellings):
            asked[_term(number, other)] = f"%{_literally(spelling)}%"
    unassigned = None if assigned_to is None else assigned_to == UNASSIGNED
    lengths = tuple(len(spellings) for spellings in searched)
    return PageShape(Sight.of(viewer), unassigned, lengths), asked


@lru_cache(maxsize=200)
def clients_by_page(shape: PageShape) -> Paged:
    """Return the list of these clients' ids by name, each page from an index that has it all.

    A search of three letters in a row or more has an index of its own on PostgreSQL; any other
    reads the page's index as far as it must, and of the clients themselves only those it finds.
    """
    query = sa.select(clients.c.client_id).where(visible_to(shape.sight))
    if shape.unassigned is not None:
        member_id = clients.c.assigned_member_id
        theirs = member_id == sa.bindparam("of_member")
        query = query.where(member_id.is_(None) if shape.unassigned else theirs)
    for number, spellings in enumerate(shape.spellings):
        names = (_term(number, other) for other in range(spellings))
        found = (clients.c.search_text.like(sa.bindparam(name), escape="/") for name in names)
        query = query.where(sa.or_(*found))
    return Paged(query, clients.c.sort_name, clients.c.client_id)


@lru_cache(maxsize=200)
def _listed(shape: PageShape) -> Paged:
    return clients_by_page(shape).shown_by(
        lambda found: (
            sa.select(*_shown)
            .join_from(found, clients, clients.c.client_id == found.c.client_id)
            .outerjoin(members, members.c.member_id == clients.c.assigned_member_id)
        )
    )


def _term(number: int, spelling: int) -> str:
    return f"term_{number}_{spelling}"


def _literally(text: str) -> str:
    for sign in "/%_":
        text = text.replace(sign, f"/{sign}")
    return text
