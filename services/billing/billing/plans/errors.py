"""What cannot be bought, each under the code it travels by."""

from chassis.errors import BadRequest


class PlanNotForSale(BadRequest):
    """The trial cannot be bought."""

    code = "plan_not_for_sale"


class CurrencyNotOffered(BadRequest):
    """The price list has no such currency."""

    code = "currency_not_offered"
