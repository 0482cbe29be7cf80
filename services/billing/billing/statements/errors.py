"""What a statement refuses, each under the code it travels by."""

from chassis.errors import Conflict, NotFound


class StatementNotFound(NotFound):
    """No such statement of the caller's firm."""

    code = "statement_not_found"


class PaymentOverdue(Conflict):
    """A statement's grace is over: no new licenses until ``details["order_id"]`` is paid."""

    code = "payment_overdue"
