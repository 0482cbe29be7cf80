"""Why an order cannot be made, paid or cancelled, each under the code it travels by."""

from chassis.errors import Conflict, NotFound


class OrderNotFound(NotFound):
    """There is no such order in the caller's firm."""

    code = "order_not_found"


class PaymentNotFound(NotFound):
    """There is no such payment."""

    code = "payment_not_found"


class CurrencyFixed(Conflict):
    """A firm pays in one currency: that of the orders it already has."""

    code = "currency_fixed_by_earlier_orders"


class SubscriptionOrderOpen(Conflict):
    """The firm already has an unpaid order for a subscription."""

    code = "subscription_order_open"


class OrderAlreadyPaid(Conflict):
    """The order was paid; it is not paid again and not cancelled."""

    code = "order_already_paid"


class OrderWasCancelled(Conflict):
    """The order was cancelled and cannot be paid."""

    code = "order_cancelled"


class StatementStaysOwed(Conflict):
    """A month's statement is not cancelled: what it charges has been used."""

    code = "statement_stays_owed"


class PaymentInProgress(Conflict):
    """A payment of this order is not decided yet."""

    code = "payment_in_progress"


class PaymentNotAwaited(Conflict):
    """This payment does not wait for a confirmation by hand."""

    code = "payment_not_awaited"
