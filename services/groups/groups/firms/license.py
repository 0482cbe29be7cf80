"""License: the right to one member, and the biography of every license."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from groups.firms.errors import LicenseNotFree
from groups.firms.states import LicenseState
from groups.firms.year import next_warning, one_year_after


class Reason(StrEnum):
    """Why a license came, moved or went."""

    OWN_SUBSCRIPTION = "own_subscription"
    PURCHASED = "purchased"
    FOUNDED = "founded"
    INVITED = "invited"
    JOINED = "joined"
    JOINED_ANOTHER_FIRM = "joined_another_firm"
    INVITATION_CANCELLED = "invitation_cancelled"
    INVITATION_EXPIRED = "invitation_expired"
    ROLE_CHANGED = "role_changed"
    BILLING_HANDED_OVER = "billing_handed_over"
    MEMBER_REMOVED = "member_removed"
    MEMBER_LEFT = "member_left"
    CAME_BACK = "came_back"
    YEAR_OVER = "year_over"
    RENEWED = "renewed"
    LEVEL_CHANGED = "level_changed"
    ACCOUNT_CLOSED = "account_closed"


@dataclass(frozen=True)
class Cause:
    """On whose behalf a license moves: an order, an invitation, a member."""

    order_id: UUID | None = None
    invitation_id: UUID | None = None
    member_id: UUID | None = None


@dataclass(eq=False)
class LicenseHistoryEntry:
    """One line of a license's biography. Entries are added, never changed."""

    firm_id: UUID
    license_id: UUID
    state: LicenseState  # after the change
    reason: Reason
    by_account_id: UUID | None  # None: time, or the other service that `order_id` points to
    at: datetime
    order_id: UUID | None = None
    invitation_id: UUID | None = None
    member_id: UUID | None = None
    level: str | None = None  # both after the change
    paid_through: date | None = None


@dataclass(eq=False)
class License:
    """The right to one member, paid for until ``paid_through`` inclusive.

    ``paid_through`` is None for the license that a professional's own subscription brings (Q2).
    """

    id: UUID
    firm_id: UUID
    purchased_on: date
    paid_through: date | None
    level: str | None = None
    order_id: UUID | None = None
    number: int = 1  # which of the order's licenses
    state: LicenseState = LicenseState.UNUSED
    warn_on: date | None = None  # when its end is announced next; None: not any more

    def __post_init__(self) -> None:
        self.warn_on = next_warning(self.paid_through, self.purchased_on)

    def renew(self) -> tuple[date, date]:
        """Take another year from the day after the last; return its first and its last day (Q3)."""
        if self.paid_through is None:
            raise LicenseNotFree("the license of one's own subscription is not renewed here")
        start = self.paid_through + timedelta(days=1)
        self.paid_through = end = one_year_after(self.paid_through)
        self.warn_on = next_warning(end, start)
        return start, end

    @property
    def is_bought(self) -> bool:
        """Whether the firm paid for it; otherwise its founder's own subscription brought it."""
        return self.paid_through is not None

    def skip_years_before(self, day: date) -> None:
        """Leave out whole years that went by while nobody used it: they are charged to nobody."""
        while self.paid_through and (end := one_year_after(self.paid_through)) < day:
            self.paid_through = end

    def is_paid_on(self, day: date) -> bool:
        """Return whether it can be assigned on that day (S1-16): the last day still counts."""
        return self.paid_through is None or day <= self.paid_through
