"""Rules a caller can break, each under the code it travels by."""

from chassis.errors import BadRequest, Conflict, Forbidden, NotFound, Unavailable


class ClientNotFound(NotFound):
    """No such client, or none that the caller may see: the answer is the same."""

    code = "client_not_found"


class MemberNotFound(NotFound):
    """No such member in the caller's firm."""

    code = "member_not_found"


class InvalidClient(BadRequest):
    """The record cannot be kept like this; ``details["fields"]`` says per field why."""

    code = "invalid_client"


class InvalidImport(BadRequest):
    """The import as a whole cannot be read: its rows cannot be told apart."""

    code = "invalid_import"


class NoMembership(Forbidden):
    """The caller belongs to no firm."""

    code = "no_membership"


class MembershipNotReady(Unavailable):
    """The caller is joining another firm this moment, and the news is on its way; ask again."""

    code = "membership_not_ready"


class CannotWorkOnClients(Forbidden):
    """A billing-only member works on no clients (S1-63)."""

    code = "cannot_work_on_clients"


class CannotManageRecords(Forbidden):
    """Records are written by admins and members; a practitioner reads them (D2)."""

    code = "cannot_manage_records"


class OnlyAdminsReassign(Forbidden):
    """Giving a client to somebody else is for admins (S1-89)."""

    code = "only_admins_reassign"


class MemberCannotTakeClients(Conflict):
    """A billing-only member cannot be given a client (S1-90)."""

    code = "member_cannot_take_clients"


class ClosedIsOff(Conflict):
    """The status "closed" is not turned on here (D3)."""

    code = "closed_is_off"


class ClientIsClosed(Conflict):
    """Closed is final (D3)."""

    code = "client_is_closed"


class ClientChangedMeanwhile(Conflict):
    """The record is no longer the version that the caller had read."""

    code = "client_changed_meanwhile"


class InvalidAssignments(BadRequest):
    """The assignments contradict each other; ``details["fields"]`` says where."""

    code = "invalid_assignments"


class HandoverNotFound(NotFound):
    """No such handover in the caller's firm."""

    code = "handover_not_found"


class HandoverCannotBeUndone(Conflict):
    """Only reassignments and departures can be undone; ``details["kind"]`` says what this is."""

    code = "handover_cannot_be_undone"


class HandoverAlreadyUndone(Conflict):
    """A handover is undone once."""

    code = "handover_already_undone"


class HandoverTooOld(Conflict):
    """A handover can be undone for 30 days."""

    code = "handover_too_old"


class NotAllowed(Forbidden):
    """Members are removed by admins and billing-only members (S1-64)."""

    code = "not_allowed"


class LeaveInstead(Conflict):
    """Nobody removes themselves; they leave the firm."""

    code = "leave_instead"


class ClientsChoiceRequired(Conflict):
    """The member has ``details["clients"]`` clients; what becomes of them? (S1-48)."""

    code = "clients_choice_required"
