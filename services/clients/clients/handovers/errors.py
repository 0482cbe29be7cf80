"""What a caller can break about handovers, each under its code."""

from chassis.errors import BadRequest, Conflict, NotFound


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
