"""Facts about firms and their pools. Field names are public: they stand in asyncapi.json."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from groups.firms.states import Policy


@dataclass(frozen=True)
class FirmState:
    """A firm in full, as its events carry it."""

    SUBJECT: ClassVar = "firm_id"

    firm_id: UUID
    name: str
    solo: bool
    policy: Policy
    owner_account_id: UUID
    version: int


@dataclass(frozen=True)
class FirmCreated(FirmState):
    """A professional registered, so there is a solo firm."""

    TYPE: ClassVar = "firm_created.v1"


@dataclass(frozen=True)
class FirmChanged(FirmState):
    """Name, policy, or whether there are other members."""

    TYPE: ClassVar = "firm_changed.v1"


@dataclass(frozen=True)
class FirmClosed(FirmState):
    """Its last member's account was closed: nothing is owed to it or asked of it any more."""

    TYPE: ClassVar = "firm_closed.v1"


@dataclass(frozen=True)
class LicensePoolChanged:
    """The counts of the firm's licenses: ``total`` is always ``unused + held + used``."""

    TYPE: ClassVar = "license_pool_changed.v1"
    SUBJECT: ClassVar = "firm_id"

    firm_id: UUID
    total: int
    unused: int
    held: int
    used: int
    version: int
