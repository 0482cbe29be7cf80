"""Tables groups owns, and every query groups runs on them."""

from groups.storage.accounts import (
    find_account,
    get_account,
    has_own_firm,
    list_firm_ids,
    project_account,
)
from groups.storage.firms import (
    lock_firm,
    lock_firms,
    lock_own_firm,
    look_at_firm,
    look_at_firms,
    read_firm,
    read_pool,
)
from groups.storage.invitations import (
    count_pending,
    get_invitation,
    get_link,
    list_firms_to_remind,
    list_firms_with_overdue,
    list_held,
    list_pending_addresses,
    list_to_remind_of,
    lock_invitation,
)
from groups.storage.joining import lock_joining
from groups.storage.licenses import (
    find_license,
    knows_order,
    list_assignable,
    list_firms_to_warn,
    list_firms_with_licenses_in_use,
    list_firms_with_overdue_licenses,
    list_license_entries,
    list_overdue_in_use,
    list_overdue_licenses,
    list_to_warn_of,
    read_forecast,
)
from groups.storage.members import (
    count_admins,
    find_active_member,
    get_active_member,
    get_member,
    get_own_membership,
    list_member_addresses,
    list_memberships,
)
from groups.storage.outcomes import store
from groups.storage.people import list_people
from groups.storage.removal import lock_removal
from groups.storage.tables import metadata

__all__ = [
    "count_admins",
    "count_pending",
    "find_account",
    "find_active_member",
    "find_license",
    "get_account",
    "get_active_member",
    "get_invitation",
    "get_link",
    "get_member",
    "get_own_membership",
    "has_own_firm",
    "knows_order",
    "list_assignable",
    "list_firm_ids",
    "list_firms_to_remind",
    "list_firms_to_warn",
    "list_firms_with_licenses_in_use",
    "list_firms_with_overdue",
    "list_firms_with_overdue_licenses",
    "list_held",
    "list_license_entries",
    "list_member_addresses",
    "list_memberships",
    "list_overdue_in_use",
    "list_overdue_licenses",
    "list_pending_addresses",
    "list_people",
    "list_to_remind_of",
    "list_to_warn_of",
    "lock_firm",
    "lock_firms",
    "lock_invitation",
    "lock_joining",
    "lock_own_firm",
    "lock_removal",
    "look_at_firm",
    "look_at_firms",
    "metadata",
    "project_account",
    "read_firm",
    "read_forecast",
    "read_pool",
    "store",
]
