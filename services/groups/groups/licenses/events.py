"""Facts about licenses. Field names are public: they stand in asyncapi.json."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class LicenseExpired:
    """Nobody was given it within its year: it is gone, and is not to be renewed (S1-20)."""

    TYPE: ClassVar = "license_expired.v1"
    SUBJECT: ClassVar = "license_id"

    license_id: UUID
    firm_id: UUID
    order_id: UUID | None
    number: int  # which of the order's licenses
    paid_through: date | None


@dataclass(frozen=True)
class LicenseRenewed:
    """A license in use goes on for another year, which the firm is charged for (Q3).

    ``license_id`` and ``period_start`` name the year; each is said once.
    """

    TYPE: ClassVar = "license_renewed.v1"
    SUBJECT: ClassVar = "license_id"

    license_id: UUID
    firm_id: UUID
    order_id: UUID | None
    number: int
    level: str
    period_start: date
    paid_through: date
    member_id: UUID
    account_id: UUID
    member_name: str


@dataclass(frozen=True)
class LicensesExpiring:
    """So many of the firm's licenses end on one day: unused ones lapse, used ones renew."""

    TYPE: ClassVar = "licenses_expiring.v1"
    SUBJECT: ClassVar = "firm_id"

    firm_id: UUID
    firm_name: str
    paid_through: date
    days_left: int
    unused: int
    used: int
    held: int


@dataclass(frozen=True)
class LicensesLapsed:
    """So many licenses of one day went unused and are gone; for who looks after them."""

    TYPE: ClassVar = "licenses_lapsed.v1"
    SUBJECT: ClassVar = "firm_id"

    firm_id: UUID
    firm_name: str
    paid_through: date
    quantity: int
