"""Handing billing over: one member takes it, the one who had it works on clients (S1-70)."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.changes import Changes, Context
from groups.firms.firm import Firm
from groups.firms.license import Cause, License, Reason
from groups.licenses.errors import LicensesMissing
from groups.members.member import Member
from groups.members.permissions import Permission, Role
from groups.roles.errors import AlreadyInChargeOfBilling, CannotPromoteSelf, NotInChargeOfBilling
from groups.roles.role_change import require_another_admin

Pair = tuple[Member, Member]


@dataclass
class Handover:
    """Billing from one member to another of a firm whose row is held: both change, or neither."""

    firm: Firm
    by: Member
    giver: Member  # billing-only now
    taker: Member
    license: License | None  # the one that the taker uses now
    free: Sequence[License]  # at most one, for the case that the taker's is no longer paid for
    admins: int  # active ones in the firm

    def hand_over(self, role: Role, context: Context) -> Changes[Pair]:
        """Return giver and taker; the giver has ``role`` and the license that the taker gave up.

        So it works without a free license. Raises NotAllowed, CannotPromoteSelf (Q5), LastAdmin
        (Q4), NotInChargeOfBilling, AlreadyInChargeOfBilling, LicensesMissing.
        """
        self._require_allowed()
        license = self._license(context)
        pool, reason = self.firm.pool, Reason.BILLING_HANDED_OVER
        entries = []
        if self.license:
            cause = Cause(member_id=self.taker.id)
            entries.append(pool.release(self.license, reason, context, cause))
        entries.append(pool.use(license, reason, context, Cause(member_id=self.giver.id)))
        old = self.taker.role
        events = [
            self.taker.take_role(Role.BILLING_ONLY, None, self.firm),
            self.taker.was_made(old, self.firm, self.by.name),
            self.giver.take_role(role, license.id, self.firm),
            self.giver.was_made(Role.BILLING_ONLY, self.firm, self.by.name),
            pool.changed(),
        ]
        return Changes((self.giver, self.taker), [self.giver], entries, events)

    def _require_allowed(self) -> None:
        self.by.require(Permission.MANAGE_MEMBERS)
        if self.giver.role is not Role.BILLING_ONLY:
            raise NotInChargeOfBilling("only a billing-only member can hand billing over")
        if self.taker.role is Role.BILLING_ONLY:
            raise AlreadyInChargeOfBilling("the member is billing-only already")
        if self.giver is self.by:
            raise CannotPromoteSelf("somebody else who manages members has to do this")
        require_another_admin(self.taker, self.admins)

    def _license(self, context: Context) -> License:
        """Return the taker's own, or, where that is no longer paid for, another."""
        if self.license and self.license.is_paid_on(context.today):
            return self.license
        if not self.free:
            raise LicensesMissing("1 license is missing", missing=1, needed=1, unused=0)
        return self.free[0]
