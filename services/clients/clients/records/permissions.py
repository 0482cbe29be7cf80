"""Who may write records, and who may give a client to whom."""

from clients.members.viewer import Viewer
from clients.records.errors import (
    CannotManageRecords,
    CannotWorkOnClients,
    MemberCannotTakeClients,
    OnlyAdminsReassign,
)


def require_writer(viewer: Viewer) -> Viewer:
    """Return the viewer, who may write records and take clients (S1-57, S1-58, S1-86).

    Raises CannotWorkOnClients for a billing-only member (S1-63, S1-90), CannotManageRecords for
    a practitioner.
    """
    if not viewer.works_on_clients:
        raise CannotWorkOnClients("billing-only members do not work on clients")
    if not viewer.manages_records:
        raise CannotManageRecords("records are written by admins and members")
    return viewer


def require_reassigning(viewer: Viewer) -> Viewer:
    """Return the viewer, who may give clients to others.

    Raises as above, and OnlyAdminsReassign.
    """
    if not require_writer(viewer).reassigns:
        raise OnlyAdminsReassign("only admins give clients to others")
    return viewer


def require_assignable(member: Viewer, by: Viewer) -> Viewer:
    """Return the member, to whom ``by`` may give a client: admins to anybody, others to themselves.

    Raises OnlyAdminsReassign (S1-89), and MemberCannotTakeClients for billing-only (S1-90).
    """
    if member.member_id == by.member_id:
        return require_writer(member)
    require_reassigning(by)
    if not member.works_on_clients:
        raise MemberCannotTakeClients("this member does not work on clients")
    return member
