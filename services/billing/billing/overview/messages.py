"""Everything about a firm's money that one screen shows."""

from typing import Any

from billing.charges import storage as charges
from billing.firms import storage as firms
from billing.firms import viewing
from billing.firms.acts import buyer
from billing.firms.before import refresh_buyer
from billing.orders import storage as orders
from billing.orders.acts import currency_of
from billing.orders.ledger import balance
from billing.overview import schemas, storage
from billing.overview.months import by_month, first_instant
from billing.plans.schemas import Nothing
from billing.statements import storage as statements
from chassis.auth import PROFESSIONALS
from chassis.messages import query
from chassis.transactions import Transaction

NEWEST = 5


class Overview:
    """What a firm has, owes and has paid."""

    prices: Any

    @query(Nothing, reply=schemas.BillingOverview, callers=PROFESSIONALS, prepare=refresh_buyer)
    def get_billing_overview(self, tx: Transaction) -> dict[str, Any]:
        """Return the firm's subscription, what is to be paid, and what was paid by month."""
        who, today = buyer(tx), tx.now.date()
        current = firms.get_subscription(tx.session, who.firm_id)
        currency = currency_of(tx, self.prices, who.firm_id)
        charged = storage.list_charged(tx.session, who.firm_id, currency, first_instant(tx.now))
        sums = orders.sum_entries(tx.session, who.firm_id, currency)
        return {
            "plan_name": self.prices.plans[current.plan].name,
            "subscription": viewing.subscription(current, who, today),
            "licenses": storage.count_licenses(tx.session, who.firm_id, today),
            "suspended": statements.find_suspending(tx.session, who.firm_id) is not None,
            "balance": balance(currency, sums),
            "unpaid": storage.list_unpaid(tx.session, who.firm_id),
            "open_account": _open_account(tx, who.firm_id),
            "months": by_month(charged, tx.now),
        }


def _open_account(tx: Transaction, firm_id: Any) -> dict[str, Any]:
    count, total = charges.sum_charges(tx.session, firm_id)
    newest = charges.list_charges(tx.session, firm_id, limit=NEWEST, cursor=None)
    return {"count": count, "total": total, "newest": newest["items"]}
