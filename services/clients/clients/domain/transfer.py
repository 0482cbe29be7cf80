"""The news that a record which a client's account is tied to belongs to another firm."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class ConnectionTransferred:
    """Another firm holds the record from now on; whoever agreed to the former one is to know."""

    TYPE: ClassVar = "connection_transferred.v1"
    SUBJECT: ClassVar = "client_id"

    connection_id: UUID
    client_id: UUID
    firm_id: UUID
    firm_name: str
    former_firm_name: str
    client_name: str
    account_id: UUID
    account_name: str
    email: str
    version: int
