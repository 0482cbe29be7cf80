"""Facts groups announces. Field names are public: they stand in asyncapi.json."""

from groups.domain.events.firms import (
    FirmChanged,
    FirmClosed,
    FirmCreated,
    FirmState,
    MemberChanged,
    MemberJoined,
    MemberRemoved,
    MemberState,
    RoleChanged,
)
from groups.domain.events.invitations import (
    InvitationCancelled,
    InvitationChanged,
    InvitationExpiring,
    InvitationLapsed,
    InvitationResent,
    InvitationState,
    InvitedBy,
    MemberInvited,
)
from groups.domain.events.licenses import (
    LicenseExpired,
    LicensePoolChanged,
    LicenseRenewed,
    LicensesExpiring,
    LicensesLapsed,
)

__all__ = [
    "FirmChanged",
    "FirmClosed",
    "FirmCreated",
    "FirmState",
    "InvitationCancelled",
    "InvitationChanged",
    "InvitationExpiring",
    "InvitationLapsed",
    "InvitationResent",
    "InvitationState",
    "InvitedBy",
    "LicenseExpired",
    "LicensePoolChanged",
    "LicenseRenewed",
    "LicensesExpiring",
    "LicensesLapsed",
    "MemberChanged",
    "MemberInvited",
    "MemberJoined",
    "MemberRemoved",
    "MemberState",
    "RoleChanged",
]
