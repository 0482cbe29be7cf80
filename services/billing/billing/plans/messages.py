"""What is sold, and what it costs."""

from typing import Any

from billing.plans import schemas, viewing
from chassis.auth import PEOPLE
from chassis.messages import query
from chassis.transactions import Transaction


class Plans:
    """The price list, for whoever asks."""

    prices: Any
    gateways: Any
    settings: Any

    @query(schemas.Nothing, reply=schemas.Plans, callers=PEOPLE)
    def list_plans(self, tx: Transaction) -> dict[str, Any]:
        """Return the price list: plans, prices per currency, and how one can pay."""
        return viewing.plans(self.prices, self.gateways.methods, self.settings["transfer_to"])
