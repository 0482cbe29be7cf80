"""What a firm can order."""

from typing import Any

from billing.firms.acts import buyer
from billing.firms.before import ask_if_no_buyer, vouched_buyer
from billing.orders.schemas import Order
from billing.purchases import acts, schemas
from chassis.auth import PROFESSIONALS
from chassis.messages import command, query


class Purchases:
    """Buying licenses, and a year of a plan."""

    prices: Any
    gateways: Any

    @command(schemas.Subscribe, reply=Order, callers=PROFESSIONALS, prepare=vouched_buyer)
    def subscribe(self, tx, request):
        """Order a year of a plan; the subscription runs from when it is paid."""
        self.gateways.require(request["payment_method"])
        return acts.subscribe(tx, self.prices, buyer(tx), request)

    @query(
        schemas.PreviewLicenseOrder,
        reply=schemas.LicensePreview,
        callers=PROFESSIONALS,
        prepare=ask_if_no_buyer,
    )
    def preview_license_order(self, tx, request):
        """What licenses would cost, at each level that is open to the firm."""
        return acts.preview_licenses(tx, self.prices, buyer(tx), request)

    @command(schemas.OrderLicenses, reply=Order, callers=PROFESSIONALS, prepare=vouched_buyer)
    def order_licenses(self, tx, request):
        """Order licenses for the firm; they exist from when they are paid."""
        self.gateways.require(request["payment_method"])
        return acts.order_licenses(tx, self.prices, buyer(tx), request)
