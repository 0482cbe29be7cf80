"""Roles as named presets of permissions: the one place that says who may do what in a firm."""

from enum import StrEnum


class Role(StrEnum):
    """What a member is in the firm (D2)."""

    ADMIN = "admin"
    MEMBER = "member"
    PRACTITIONER = "practitioner"
    BILLING_ONLY = "billing_only"


class Permission(StrEnum):
    """One thing that a member may or may not do; screens show what ``can`` holds."""

    MANAGE_MEMBERS = "manage_members"
    CHANGE_FIRM = "change_firm"
    SEE_LICENSES = "see_licenses"
    BUY_LICENSES = "buy_licenses"
    WORK_ON_CLIENTS = "work_on_clients"
    ASSIGN_CLIENTS = "assign_clients"
    READ_STAFF_NOTES = "read_staff_notes"
    MANAGE_ACCESS_GROUPS = "manage_access_groups"


PRESETS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(Permission) - {Permission.MANAGE_ACCESS_GROUPS},
    Role.MEMBER: frozenset({Permission.WORK_ON_CLIENTS, Permission.READ_STAFF_NOTES}),
    Role.PRACTITIONER: frozenset({Permission.WORK_ON_CLIENTS}),
    Role.BILLING_ONLY: frozenset(
        {Permission.MANAGE_MEMBERS, Permission.SEE_LICENSES, Permission.BUY_LICENSES}
    ),
}
SENIOR = frozenset({Permission.MANAGE_ACCESS_GROUPS})


# What a member with this role, and perhaps the senior mark, may do (S1-22..24, D2).
PERMISSIONS = {
    (role, senior): PRESETS[role] | SENIOR if senior else PRESETS[role]
    for role in Role
    for senior in (True, False)
}
# Every member holds exactly one license, except billing-only members (S1-04, S1-05).
TAKES_LICENSE = frozenset(Role) - {Role.BILLING_ONLY}
