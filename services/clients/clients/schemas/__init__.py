"""JSON in and out."""

from clients.schemas.departure import Departed, LeaveFirm, MemberRemoved, Removed, RemoveMember
from clients.schemas.events import FirmState, MemberJoined, Membership, MemberState
from clients.schemas.handover import (
    GetHandover,
    HandedOver,
    Handover,
    HandoverPage,
    ListHandovers,
    OneHandover,
    ReassignClients,
    ReassignmentPreview,
    Undone,
)
from clients.schemas.importing import ImportClients, ImportRow, PreviewImport, Verdicts
from clients.schemas.records import (
    AccessPage,
    Client,
    ClientPage,
    CreateClient,
    ExplainAccess,
    ListClients,
    OneClient,
    ReassignClient,
    UpdateClient,
)

__all__ = [
    "AccessPage",
    "Client",
    "ClientPage",
    "CreateClient",
    "Departed",
    "ExplainAccess",
    "FirmState",
    "GetHandover",
    "HandedOver",
    "Handover",
    "HandoverPage",
    "ImportClients",
    "ImportRow",
    "LeaveFirm",
    "ListClients",
    "ListHandovers",
    "MemberJoined",
    "MemberRemoved",
    "MemberState",
    "Membership",
    "OneClient",
    "OneHandover",
    "PreviewImport",
    "ReassignClient",
    "ReassignClients",
    "ReassignmentPreview",
    "RemoveMember",
    "Removed",
    "Undone",
    "UpdateClient",
    "Verdicts",
]
