"""Every room of billing, and what the service owns: the file to open first."""

from billing import settings, tables
from billing.charges.messages import Charges
from billing.coverages.messages import Coverages
from billing.firms import storage as firms
from billing.firms.messages import Firms
from billing.orders.messages import Orders
from billing.overview.messages import Overview
from billing.plan_changes.messages import PlanChanges
from billing.plans.before import Prices
from billing.plans.messages import Plans
from billing.purchases.messages import Purchases
from billing.quotes.messages import Quotes
from billing.receipts.messages import Receipts
from billing.settlements.gateways_before import Gateways
from billing.settlements.messages import Settlements
from billing.statements.messages import Statements
from chassis.config import Settings
from chassis.database import Database
from chassis.missing import answers_for_events
from chassis.remote import Remote


@answers_for_events
class BillingService(
    Overview,
    Quotes,
    PlanChanges,
    Coverages,
    Purchases,
    Settlements,
    Statements,
    Receipts,
    Charges,
    Orders,
    Firms,
    Plans,
):
    """Owns subscriptions, orders, payments, receipts and the ledger. README.md has the map."""

    name = "billing"

    db = Database(tables.metadata, firm_of=firms.firm_of)
    settings = Settings(*settings.KEYS)
    prices = Prices()
    gateways = Gateways()
    groups = Remote("groups")
    identity = Remote("identity")
