"""License pool: what a firm bought, in numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chassis.changes import Context
from groups.firms.errors import LicenseNotFree
from groups.firms.events import LicensePoolChanged
from groups.firms.license import Cause, License, LicenseHistoryEntry, Reason
from groups.firms.states import LicenseState

UNUSED, HELD, USED, LAPSED = LicenseState
MOVES = {
    (UNUSED, HELD), (UNUSED, USED), (HELD, USED), (HELD, UNUSED), (USED, UNUSED),
    (UNUSED, LAPSED), (HELD, LAPSED), (USED, LAPSED),
}  # fmt: skip


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

    def add(
        self, licenses: Iterable[License], reason: Reason, context: Context
    ) -> list[LicenseHistoryEntry]:
        """Add new licenses, unused."""
        entries = [
            self._entry(one, reason, context, Cause(order_id=one.order_id)) for one in licenses
        ]
        self.unused += len(entries)
        return entries

    def hold(self, license: License, context: Context, cause: Cause) -> LicenseHistoryEntry:
        """Keep it for a pending invitation (S1-45)."""
        return self._move(license, HELD, Reason.INVITED, context, cause)

    def use(
        self, license: License, reason: Reason, context: Context, cause: Cause
    ) -> LicenseHistoryEntry:
        """Give it to a member (S1-04)."""
        return self._move(license, USED, reason, context, cause)

    def release(
        self, license: License, reason: Reason, context: Context, cause: Cause
    ) -> LicenseHistoryEntry:
        """Free it to be assigned again (S1-43); paid no longer, it disappears instead (Q3)."""
        state = UNUSED if license.is_paid_on(context.today) else LAPSED
        return self._move(license, state, reason, context, cause)

    def withdraw(
        self, license: License, reason: Reason, context: Context, cause: Cause
    ) -> LicenseHistoryEntry:
        """Take it out of the pool: the subscription that brought it is no longer the firm's."""
        return self._move(license, LAPSED, reason, context, cause)

    def renew(
        self, license: License, context: Context, cause: Cause
    ) -> tuple[LicenseHistoryEntry, date, date]:
        """Give a license in use another year, from when to when; no number changes (Q3)."""
        start, end = license.renew()
        return self._entry(license, Reason.RENEWED, context, cause), start, end

    def take_level(self, level: str, since: datetime, version: int) -> bool:
        """Keep the level that bought licenses have from then on; False for older news."""
        if version <= self.level_version:
            return False
        self.level, self.level_since, self.level_version = level, since, version
        return True

    def set_level(self, license: License, context: Context) -> LicenseHistoryEntry | None:
        """Bring a bought license to the pool's level; None where it has it."""
        if not license.is_bought or license.state is LAPSED or license.level == self.level:
            return None
        license.level = self.level
        return self._entry(license, Reason.LEVEL_CHANGED, context, Cause())

    def changed(self) -> LicensePoolChanged:
        """Return the counts as they now are, under a new version."""
        self.version += 1
        return LicensePoolChanged(
            self.firm_id, self.total, self.unused, self.held, self.used, self.version
        )

    def _move(
        self, license: License, state: LicenseState, reason: Reason, context: Context, cause: Cause
    ) -> LicenseHistoryEntry:
        if (license.state, state) not in MOVES:
            raise LicenseNotFree(
                f"the license is {license.state}", state=license.state, license_id=str(license.id)
            )
        self._count(license.state, -1)
        self._count(state, +1)
        license.state = state
        if state is LAPSED:
            license.warn_on = None
        return self._entry(license, reason, context, cause)

    def _count(self, state: LicenseState, step: int) -> None:
        if state is not LAPSED:
            setattr(self, state.value, getattr(self, state.value) + step)

    def _entry(
        self, license: License, reason: Reason, context: Context, cause: Cause
    ) -> LicenseHistoryEntry:
        return LicenseHistoryEntry(
            self.firm_id, license.id, license.state, reason, context.by, context.at,
            cause.order_id, cause.invitation_id, cause.member_id,
            license.level, license.paid_through,
        )  # fmt: skip
