"""What stands in the way of leaving, under the code it travels by."""

from chassis.errors import Conflict


class CannotLeaveOwnFirm(Conflict):
    """Whoever works alone in a firm has nowhere to go from it, except by an invitation."""

    code = "cannot_leave_own_firm"
