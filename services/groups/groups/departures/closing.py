"""An account is closed: its memberships end, and with its last member a firm ends, too."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.changes import Changes, Context
from groups.departures.left_behind import Cancelling, part
from groups.firms.firm import Firm
from groups.firms.license import Cause, License, Reason
from groups.invitations import ending
from groups.members.member import Member
from groups.members.permissions import Role
from groups.members.states import MemberStatus

NONE = Cancelling()


@dataclass(frozen=True)
class Left:
    """What is left of the firm: nothing, or others and who of them looks after it from now on."""

    ends: bool
    heir: Member | None = None  # None: as before; or nobody, if `ends` or only billing-only stay
    becomes_admin: bool = False
    becomes_owner: bool = False


@dataclass
class Closing:
    """One membership of a closed account; the firm's row is held."""

    firm: Firm
    member: Member
    license: License | None  # the one that the member uses
    pending: Sequence[ending.Held]  # the firm's invitations, for when nobody is left
    successor: Member | None  # who would look after the firm: an admin, else the longest there
    sent: Sequence[ending.Held] = ()  # the member's own among them

    def close(self, context: Context) -> Changes[Left]:
        """End the membership, without another firm to go to; a firm without members is closed.

        Nobody is asked, so the last admin's firm is given to whoever has been there longest.
        What the member has invited goes on in the firm's name.
        """
        changes = Changes(Left(ends=True))
        was_active = self.member.status is MemberStatus.ACTIVE
        changes.events.append(self.member.end_with_account(self.firm))
        if was_active:
            changes.events.append(self.firm.member_went())
        self._free(changes, context)
        if self.firm.active_members:
            changes.result = self._heir(was_active)
            changes.events += self._pass_on(changes.result)
            changes.events += part(self.firm, self.sent, NONE, context).events
        else:
            cancelled = ending.cancel_all(self.firm, self.pending, Reason.ACCOUNT_CLOSED, context)
            changes.history += cancelled.history
            changes.events += [*cancelled.events, self.firm.close()]
        return changes

    def _free(self, changes: Changes[Left], context: Context) -> None:
        """Free a bought license; the one of the member's own subscription goes with it."""
        if self.license is None:
            return
        cause, pool = Cause(member_id=self.member.id), self.firm.pool
        move = pool.release if self.license.is_bought else pool.withdraw
        changes.history.append(move(self.license, Reason.ACCOUNT_CLOSED, context, cause))
        changes.events.append(pool.changed())

    def _heir(self, was_active: bool) -> Left:
        """Return who is more than before: the owner by now, or admin where the last one went."""
        heir = self.successor
        if heir is None:
            return Left(ends=False)
        admin = was_active and heir.role is not Role.ADMIN
        owner = self.firm.owner_account_id == self.member.account_id
        return Left(False, heir, admin, owner) if admin or owner else Left(ends=False)

    def _pass_on(self, left: Left) -> list[object | None]:
        said: list[object | None] = []
        if left.heir and left.becomes_admin:
            said.append(left.heir.take_role(Role.ADMIN, left.heir.license_id, self.firm))
        if left.heir and left.becomes_owner:
            said.append(self.firm.transfer_ownership(left.heir.account_id))
        return said
