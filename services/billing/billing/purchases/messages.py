"""What a firm can order."""

from typing import Any

from billing.firms.acts import buyer
from billing.firms.before import refresh_buyer, require_verified_buyer
from billing.orders import schemas as order_schemas
from billing.orders.order import Order
from billing.plans.plan import Level, PlanKey
from billing.purchases import acts, schemas
from billing.purchases.buying import Preview
from chassis.auth import PROFESSIONALS
from chassis.messages import command, query
from chassis.transactions import Transaction


class Purchases:
    """Buying licenses, and a year of a plan."""

    prices: Any
    settings: Any
    gateways: Any

    @query(schemas.ListOffers, reply=schemas.Offers, callers=PROFESSIONALS, prepare=refresh_buyer)
    def list_offers(self, tx: Transaction, quantity: int, currency: str | None) -> dict[str, Any]:
        """Return what the caller's firm can buy today at what price, and how it can pay."""
        return {
            **acts.offers(tx, self.prices, buyer(tx), quantity, currency),
            "payment_methods": self.gateways.methods,
            "transfer_to": self.settings["transfer_to"],
        }

    @command(
        schemas.Subscribe,
        reply=order_schemas.Order,
        callers=PROFESSIONALS,
        prepare=require_verified_buyer,
    )
    def subscribe(
        self, tx: Transaction, plan: PlanKey, payment_method: str, currency: str | None
    ) -> Order:
        """Order a year of a plan; the subscription runs from when it is paid."""
        self.gateways.require(payment_method)
        return acts.subscribe(tx, self.prices, buyer(tx), plan, currency, payment_method)

    @query(
        schemas.PreviewLicenseOrder,
        reply=schemas.LicensePreview,
        callers=PROFESSIONALS,
        prepare=refresh_buyer,
    )
    def preview_license_order(
        self, tx: Transaction, quantity: int, level: Level | None, currency: str | None
    ) -> Preview:
        """Return what licenses would cost, at each level that is open to the firm."""
        return acts.preview_licenses(tx, self.prices, buyer(tx), quantity, level, currency)

    @command(
        schemas.OrderLicenses,
        reply=order_schemas.Order,
        callers=PROFESSIONALS,
        prepare=require_verified_buyer,
    )
    def order_licenses(
        self,
        tx: Transaction,
        quantity: int,
        level: Level | None,
        currency: str | None,
        payment_method: str,
    ) -> Order:
        """Order licenses for the firm; they exist from when they are paid."""
        self.gateways.require(payment_method)
        return acts.order_licenses(
            tx, self.prices, buyer(tx), quantity, level, currency, payment_method
        )
