"""License pool: what a firm bought, and the biography of every license."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from groups.domain.act import Act
from groups.domain.errors import LicenseNotFree
from groups.domain.events import LicensePoolChanged
from groups.domain.states import LicenseState
from groups.domain.year import next_warning, one_year_after

UNUSED, HELD, USED, LAPSED = LicenseState
MOVES = {
    (UNUSED, HELD), (UNUSED, USED), (HELD, USED), (HELD, UNUSED), (USED, UNUSED),
    (UNUSED, LAPSED), (HELD, LAPSED), (USED, LAPSED),
}  # fmt: skip


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
class For:
    """On whose behalf a license moves: an order, an invitation, a member."""

    order_id: UUID | None = None
    invitation_id: UUID | None = None
    member_id: UUID | None = None


@dataclass(frozen=True)
class Entry:
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
        """Another year, from the day after the last one; its first and its last day (Q3)."""
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
        """Whether it can be assigned on that day (S1-16): the last day still counts."""
        return self.paid_through is None or day <= self.paid_through


@dataclass(eq=False)
class LicensePool:
    """The firm's licenses in numbers; every license moves through here, so they always agree."""

    firm_id: UUID
    unused: int = 0
    held: int = 0
    used: int = 0
    version: int = 0
    level: str | None = None  # that all bought ones have; None: each has its order's
    level_since: datetime | None = None
    level_version: int = 0  # billing's

    @property
    def total(self) -> int:
        """All licenses that have not lapsed: unused + held + used, always."""
        return self.unused + self.held + self.used

    def add(self, licenses: Iterable[License], reason: Reason, act: Act) -> list[Entry]:
        """New licenses, unused."""
        entries = [self._entry(one, reason, act, For(order_id=one.order_id)) for one in licenses]
        self.unused += len(entries)
        return entries

    def hold(self, license: License, act: Act, cause: For) -> Entry:
        """Keep it for a pending invitation (S1-45)."""
        return self._move(license, HELD, Reason.INVITED, act, cause)

    def use(self, license: License, reason: Reason, act: Act, cause: For) -> Entry:
        """Give it to a member (S1-04)."""
        return self._move(license, USED, reason, act, cause)

    def release(self, license: License, reason: Reason, act: Act, cause: For) -> Entry:
        """Free it to be assigned again (S1-43); paid no longer, it disappears instead (Q3)."""
        state = UNUSED if license.is_paid_on(act.today) else LAPSED
        return self._move(license, state, reason, act, cause)

    def withdraw(self, license: License, reason: Reason, act: Act, cause: For) -> Entry:
        """Take it out of the pool: the subscription that brought it is no longer the firm's."""
        return self._move(license, LAPSED, reason, act, cause)

    def renew(self, license: License, act: Act, cause: For) -> tuple[Entry, date, date]:
        """Another year for a license in use, from when to when; no number changes (Q3)."""
        start, end = license.renew()
        return self._entry(license, Reason.RENEWED, act, cause), start, end

    def take_level(self, level: str, since: datetime, version: int) -> bool:
        """Keep the level that bought licenses have from then on; False for older news."""
        if version <= self.level_version:
            return False
        self.level, self.level_since, self.level_version = level, since, version
        return True

    def set_level(self, license: License, act: Act) -> Entry | None:
        """Bring a bought license to the pool's level; None where it has it."""
        if not license.is_bought or license.state is LAPSED or license.level == self.level:
            return None
        license.level = self.level
        return self._entry(license, Reason.LEVEL_CHANGED, act, For())

    def changed(self) -> LicensePoolChanged:
        """The counts as they now are, under a new version."""
        self.version += 1
        return LicensePoolChanged(
            self.firm_id, self.total, self.unused, self.held, self.used, self.version
        )

    def _move(
        self, license: License, state: LicenseState, reason: Reason, act: Act, cause: For
    ) -> Entry:
        if (license.state, state) not in MOVES:
            raise LicenseNotFree(
                f"the license is {license.state}", state=license.state, license_id=str(license.id)
            )
        self._count(license.state, -1)
        self._count(state, +1)
        license.state = state
        if state is LAPSED:
            license.warn_on = None
        return self._entry(license, reason, act, cause)

    def _count(self, state: LicenseState, step: int) -> None:
        if state is not LAPSED:
            setattr(self, state.value, getattr(self, state.value) + step)

    def _entry(self, license: License, reason: Reason, act: Act, cause: For) -> Entry:
        return Entry(
            self.firm_id, license.id, license.state, reason, act.by, act.at,
            cause.order_id, cause.invitation_id, cause.member_id,
            license.level, license.paid_through,
        )  # fmt: skip
