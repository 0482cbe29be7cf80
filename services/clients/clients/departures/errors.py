"""What a caller can break when members leave, each under its code."""

from chassis.errors import Conflict, Forbidden


class NotAllowed(Forbidden):
    """Members are removed by admins and billing-only members (S1-64)."""

    code = "not_allowed"


class LeaveInstead(Conflict):
    """Nobody removes themselves; they leave the firm."""

    code = "leave_instead"


class ClientsChoiceRequired(Conflict):
    """The member has ``details["clients"]`` clients; what becomes of them? (S1-48)."""

    code = "clients_choice_required"
