"""Changing what somebody is in the firm, and what that does to licenses."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.changes import Changes, Context
from groups.firms.firm import Firm
from groups.firms.license import Cause, License, LicenseHistoryEntry, Reason
from groups.invitations.invitation import Invitation
from groups.licenses.errors import LicensesMissing
from groups.licenses.lapsing import lapsed
from groups.members.member import Member
from groups.members.permissions import TAKES_LICENSE, Permission, Role
from groups.roles.errors import CannotPromoteSelf, LastAdmin


@dataclass
class RoleChange:
    """A new role for a member or a pending invitation of a firm whose row is held."""

    firm: Firm
    by: Member
    role: Role
    present: License | None  # the license that the member or invitation has now
    free: Sequence[License]  # at most one that could be given, oldest first
    admins: int = 0  # active ones in the firm

    def of_member(self, member: Member, context: Context) -> Changes[Member]:
        """Give the member the new role (S1-68..70); the same role changes nothing.

        Raises NotAllowed, CannotPromoteSelf (Q5), LastAdmin (Q4), LicensesMissing (S1-72, T08).
        """
        self.by.require(Permission.MANAGE_MEMBERS)
        if member.role is self.role:
            return Changes(member)
        if member is self.by and member.role is Role.BILLING_ONLY:
            raise CannotPromoteSelf("somebody else who manages members has to do this")
        require_another_admin(member, self.admins)
        license, entries = self._exchange(member.role, Cause(member_id=member.id), context)
        old = member.role
        change = member.take_role(self.role, license.id if license else None, self.firm)
        told = member.was_made(old, self.firm, self.by.name)
        return Changes(member, [], entries, [change, told, *self._pool(entries)])

    def of_invitation(self, invitation: Invitation, context: Context) -> Changes[Invitation]:
        """Change the pending invitation to the new role.

        It takes a license only where the new role needs one and the old did not (T04).
        Raises NotAllowed, LicensesMissing, or what says how the invitation has ended.
        """
        self.by.require(Permission.MANAGE_MEMBERS)
        invitation.require_open(context.at)
        if invitation.role is self.role:
            return Changes(invitation)
        cause = Cause(invitation_id=invitation.id)
        license, entries = self._exchange(invitation.role, cause, context)
        change = invitation.offer_role(self.role, license.id if license else None, self.firm)
        return Changes(invitation, [], entries, [change, *self._pool(entries)])

    def _exchange(
        self, old: Role, cause: Cause, context: Context
    ) -> tuple[License | None, list[LicenseHistoryEntry]]:
        """Return the license for the new role, and what the change left in its biography."""
        pool = self.firm.pool
        if (old in TAKES_LICENSE) is (self.role in TAKES_LICENSE):
            return self.present, []
        if self.role not in TAKES_LICENSE:
            return None, self._give_back(cause, context)
        if not self.free:
            raise LicensesMissing("1 license is missing", missing=1, needed=1, unused=0)
        license = self.free[0]
        if cause.member_id:
            return license, [pool.use(license, Reason.ROLE_CHANGED, context, cause)]
        return license, [pool.hold(license, context, cause)]

    def _give_back(self, cause: Cause, context: Context) -> list[LicenseHistoryEntry]:
        if self.present is None:
            return []
        return [self.firm.pool.release(self.present, Reason.ROLE_CHANGED, context, cause)]

    def _pool(self, entries: list[LicenseHistoryEntry]) -> list[object]:
        gone = lapsed(self.firm, [self.present])  # it waited longer than it was paid for (Q3)
        return [*gone, self.firm.pool.changed()] if entries else []


def require_another_admin(member: Member, admins: int) -> None:
    """Raise LastAdmin where the firm would be left without one (Q4)."""
    if member.role is Role.ADMIN and admins <= 1:
        raise LastAdmin("make somebody else an admin first")
