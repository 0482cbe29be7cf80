"""Tables billing owns, and every query billing runs on them; one module per noun."""

from billing.storage.coverages import (
    find_open_coverage,
    is_covered_elsewhere,
    list_payers,
    lock_coverage,
)
from billing.storage.firms import (
    find_active_member,
    find_firm_name,
    firm_of,
    list_active_members,
    project_firm,
    project_member,
)
from billing.storage.ledger import add_entry, sum_entries
from billing.storage.orders import (
    add_order,
    find_currency,
    get_order,
    list_open_orders,
    list_orders,
    lock_order,
    require_no_open_subscription,
)
from billing.storage.payments import lock_due_payment, lock_payment, order_of_payment
from billing.storage.receipts import (
    add_receipt,
    get_receipt,
    list_receipts,
    next_receipt_position,
)
from billing.storage.sandbox import add_sandbox_charge, get_sandbox_charge
from billing.storage.statements import (
    add_charge,
    find_last_method,
    find_statement_of_order,
    find_suspending,
    firms_to_chase,
    firms_with_charges,
    get_statement,
    list_charges,
    list_statements,
    list_to_chase,
    open_charges,
)
from billing.storage.subscriptions import (
    add_trial,
    firms_with_ended_subscriptions,
    get_subscription,
    lock_subscription,
)
from billing.storage.tables import metadata
from billing.storage.terms import (
    add_terms,
    drop_term,
    extend_term,
    list_license_prices,
    list_terms,
    set_level,
)

__all__ = [
    "add_charge",
    "add_entry",
    "add_order",
    "add_receipt",
    "add_sandbox_charge",
    "add_terms",
    "add_trial",
    "drop_term",
    "extend_term",
    "find_active_member",
    "find_currency",
    "find_firm_name",
    "find_last_method",
    "find_open_coverage",
    "find_statement_of_order",
    "find_suspending",
    "firm_of",
    "firms_to_chase",
    "firms_with_charges",
    "firms_with_ended_subscriptions",
    "get_order",
    "get_receipt",
    "get_sandbox_charge",
    "get_statement",
    "get_subscription",
    "is_covered_elsewhere",
    "list_active_members",
    "list_charges",
    "list_license_prices",
    "list_open_orders",
    "list_orders",
    "list_payers",
    "list_receipts",
    "list_statements",
    "list_terms",
    "list_to_chase",
    "lock_coverage",
    "lock_due_payment",
    "lock_order",
    "lock_payment",
    "lock_subscription",
    "metadata",
    "next_receipt_position",
    "open_charges",
    "order_of_payment",
    "project_firm",
    "project_member",
    "require_no_open_subscription",
    "set_level",
    "sum_entries",
]
