"""The one currency that a firm buys in."""

from billing.orders.errors import CurrencyFixed
from billing.plans.price_list import PriceList


def firm_currency(prices: PriceList, asked: str | None, used: str | None) -> str:
    """Return the currency an order is in: that of earlier orders, else as asked, else the default.

    Raises CurrencyFixed where ``asked`` differs from what the firm's orders ``used``.
    """
    if used and asked not in (None, used):
        raise CurrencyFixed(f"your orders are in {used}", currency=used)
    return used or asked or prices.default_currency
