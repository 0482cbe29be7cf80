"""Rules a caller can break, each under the code it travels by."""

from chassis.errors import BadRequest, Conflict, Forbidden, NotFound, Unavailable


class NotAMember(Forbidden):
    """The caller has no active membership in any firm."""

    code = "not_a_member"


class BuyingNotAllowed(Forbidden):
    """Only admins and billing-only members buy and see what was bought."""

    code = "buying_not_allowed"


class FirmNotKnownYet(Unavailable):
    """The firm was founded a moment ago and its news has not reached billing."""

    code = "firm_not_known_yet"


class OrderNotFound(NotFound):
    """There is no such order in the caller's firm."""

    code = "order_not_found"


class PaymentNotFound(NotFound):
    """There is no such payment."""

    code = "payment_not_found"


class ReceiptNotFound(NotFound):
    """There is no such receipt in the caller's firm."""

    code = "receipt_not_found"


class EmailNotVerified(Forbidden):
    """Who orders and pays is told by mail, so the address has to be known as theirs."""

    code = "email_not_verified"


class FeatureNotInPlan(Forbidden):
    """The firm's plan lacks it, or has run out; ``plans`` names those that have it (Q15)."""

    code = "feature_not_in_plan"


class LevelRequired(BadRequest):
    """Without a subscription the buyer has to choose a level (S1-10)."""

    code = "level_required"


class LevelNotOffered(BadRequest):
    """Without a subscription only the Pro levels can be chosen (S1-10)."""

    code = "level_not_offered"


class LevelFixedBySubscription(Conflict):
    """The subscription decides the level; no other can be chosen (S1-12)."""

    code = "level_fixed_by_subscription"


class PlanNotForSale(BadRequest):
    """The trial cannot be bought."""

    code = "plan_not_for_sale"


class CurrencyNotOffered(BadRequest):
    """The price list has no such currency."""

    code = "currency_not_offered"


class CurrencyFixed(Conflict):
    """A firm pays in one currency: that of the orders it already has."""

    code = "currency_fixed_by_earlier_orders"


class PaymentMethodNotOffered(BadRequest):
    """No configured gateway takes this payment method."""

    code = "payment_method_not_offered"


class AlreadySubscribed(Conflict):
    """The firm's subscription is paid for."""

    code = "already_subscribed"


class SubscriptionOrderOpen(Conflict):
    """The firm already has an unpaid order for a subscription."""

    code = "subscription_order_open"


class OrderAlreadyPaid(Conflict):
    """The order was paid; it is not paid again and not cancelled."""

    code = "order_already_paid"


class OrderCancelled(Conflict):
    """The order was cancelled and cannot be paid."""

    code = "order_cancelled"


class PaymentInProgress(Conflict):
    """A payment of this order is not decided yet."""

    code = "payment_in_progress"


class PaymentNotAwaited(Conflict):
    """This payment does not wait for a confirmation by hand."""

    code = "payment_not_awaited"


class PaymentOverdue(Conflict):
    """A statement's grace is over: no new licenses until ``details["order_id"]`` is paid."""

    code = "payment_overdue"


class StatementNotFound(NotFound):
    """No such statement of the caller's firm."""

    code = "statement_not_found"


class NotSubscribed(Conflict):
    """There is no paid subscription that could be changed."""

    code = "not_subscribed"


class PlanUnchanged(Conflict):
    """The firm has that plan."""

    code = "plan_unchanged"
