"""JSON in and out: shapes only, no rules."""

from chassis.schemas import Page
from groups.schemas.departures import (
    Departed,
    HandedOver,
    HandOverBilling,
    RemoveMember,
)
from groups.schemas.firms import (
    ChangeRole,
    Firm,
    FirmOverview,
    ListedPerson,
    Member,
    Membership,
    Nothing,
    OneAccount,
    PersonPage,
    RenameFirm,
    Viewer,
)
from groups.schemas.incoming import (
    Account,
    LicensesPurchased,
)
from groups.schemas.invitations import (
    ChangeInvitationRole,
    Invitation,
    InvitationLink,
    Invitations,
    InvitationToken,
    InviteMembers,
    OfferedInvitation,
    OneInvitation,
    Person,
)
from groups.schemas.licenses import (
    LicenseEntry,
    LicenseEntryPage,
    Licenses,
)

__all__ = [
    "Account",
    "ChangeInvitationRole",
    "ChangeRole",
    "Departed",
    "Firm",
    "FirmOverview",
    "HandOverBilling",
    "HandedOver",
    "Invitation",
    "InvitationLink",
    "InvitationToken",
    "Invitations",
    "InviteMembers",
    "LicenseEntry",
    "LicenseEntryPage",
    "Licenses",
    "LicensesPurchased",
    "ListedPerson",
    "Member",
    "Membership",
    "Nothing",
    "OfferedInvitation",
    "OneAccount",
    "OneInvitation",
    "Page",
    "Person",
    "PersonPage",
    "RemoveMember",
    "RenameFirm",
    "Viewer",
]
