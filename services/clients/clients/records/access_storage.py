"""The access rule in SQL: the twin of ``access.py``, for lists and look-ups."""

from collections.abc import Callable

import sqlalchemy as sa

from clients.members.viewer import Viewer
from clients.records.access import Reason
from clients.records.tables import clients

Condition = sa.ColumnElement[bool]

CONDITIONS: dict[Reason, Callable[[Viewer], Condition]] = {
    Reason.ASSIGNED: lambda viewer: clients.c.assigned_member_id == viewer.member_id,
    Reason.FIRM_POLICY: lambda viewer: sa.true() if viewer.sees_whole_firm else sa.false(),
}


def in_firm(viewer: Viewer) -> Condition:
    """The clients that could be seen at all: those of the viewer's firm, if they work on any."""
    if not viewer.works_on_clients:
        return sa.false()
    return clients.c.firm_id == viewer.firm_id


def visible_to(viewer: Viewer) -> Condition:
    """The clients that this member may see, for whatever reason."""
    return sa.and_(in_firm(viewer), sa.or_(*(holds(viewer) for holds in CONDITIONS.values())))
