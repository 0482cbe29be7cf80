"""What stands in the way of another role, each under the code it travels by."""

from chassis.errors import Conflict, Forbidden


class LastAdmin(Conflict):
    """The firm would be left without an admin (Q4)."""

    code = "last_admin"


class CannotPromoteSelf(Forbidden):
    """A billing-only member cannot give itself a role that works on clients (Q5)."""

    code = "cannot_promote_self"


class NotInChargeOfBilling(Conflict):
    """The member who is to hand billing over is not billing-only."""

    code = "not_in_charge_of_billing"


class AlreadyInChargeOfBilling(Conflict):
    """The member who is to take billing over is billing-only already."""

    code = "already_in_charge_of_billing"
