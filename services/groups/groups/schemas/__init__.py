"""JSON in and out: shapes only, no rules."""

from chassis.schemas import Page
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
    "Firm",
    "FirmOverview",
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
    "RenameFirm",
    "Viewer",
]
