"""JSON in and out."""

from clients.schemas.events import FirmState, MemberJoined, Membership, MemberState
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
    "ExplainAccess",
    "FirmState",
    "ImportClients",
    "ImportRow",
    "ListClients",
    "MemberJoined",
    "MemberState",
    "Membership",
    "OneClient",
    "PreviewImport",
    "ReassignClient",
    "UpdateClient",
    "Verdicts",
]
