"""Why a payment method is not taken."""

from chassis.errors import BadRequest


class PaymentMethodNotOffered(BadRequest):
    """No configured gateway takes this payment method."""

    code = "payment_method_not_offered"
