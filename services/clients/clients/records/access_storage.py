"""The access rule in SQL: the twin of ``access.py``, for lists and look-ups.

Statements are built once for each `Sight`; who is looking comes as their parameters, `looking`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from clients.members.viewer import Viewer
from clients.records.access import Reason
from clients.records.tables import clients

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True)
class Sight:
    """How far somebody sees, whoever they are: viewers of one sight are asked for alike."""

    works_on_clients: bool
    sees_whole_firm: bool

    @classmethod
    def of(cls, viewer: Viewer) -> "Sight":
        """Return how far this viewer sees."""
        return cls(viewer.works_on_clients, viewer.sees_whole_firm)


CONDITIONS: dict[Reason, Callable[[Sight], Condition]] = {
    Reason.ASSIGNED: lambda _: clients.c.assigned_member_id == sa.bindparam("viewer_member_id"),
    Reason.FIRM_POLICY: lambda sight: sa.true() if sight.sees_whole_firm else sa.false(),
}


def looking(viewer: Viewer) -> dict[str, Any]:
    """Return the parameters of a statement with the conditions below."""
    return {"viewer_member_id": viewer.member_id, "viewer_firm_id": viewer.firm_id}


def in_firm(sight: Sight) -> Condition:
    """Return the condition for a client to be seen at all.

    It is of the viewer's firm, and the viewer works on clients.
    """
    if not sight.works_on_clients:
        return sa.false()
    return clients.c.firm_id == sa.bindparam("viewer_firm_id")


def visible_to(sight: Sight) -> Condition:
    """Return the condition for a client to be seen by the viewer, for whatever reason."""
    return sa.and_(in_firm(sight), sa.or_(*(holds(sight) for holds in CONDITIONS.values())))
