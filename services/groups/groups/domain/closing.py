"""An account is closed: its memberships end, and with its last member a firm ends, too."""

from collections.abc import Sequence
from dataclasses import dataclass

from groups.domain import ending
from groups.domain.act import Act
from groups.domain.firm import Firm
from groups.domain.license import For, License, Reason
from groups.domain.member import Member
from groups.domain.outcome import Outcome
from groups.domain.permissions import Role
from groups.domain.states import MemberStatus


@dataclass
class Closing:
    """One membership of a closed account; the firm's row is held."""

    firm: Firm
    member: Member
    license: License | None  # the one that the member uses
    pending: Sequence[ending.Held]  # the firm's invitations, for when nobody is left
    successor: Member | None  # who would look after the firm: an admin, else the longest there

    def close(self, act: Act) -> Outcome[None]:
        """The member gone, without another firm to go to; a firm without members is closed.

        Nobody is asked, so the last admin's firm is given to whoever has been there longest.
        """
        outcome: Outcome[None] = Outcome(None)
        was_active = self.member.status is MemberStatus.ACTIVE
        outcome.events.append(self.member.end_with_account(self.firm))
        if was_active:
            outcome.events.append(self.firm.member_went())
        self._free(outcome, act)
        if self.firm.active_members:
            outcome.events += self._pass_on()
        else:
            cancelled = ending.cancel_all(self.firm, self.pending, Reason.ACCOUNT_CLOSED, act)
            outcome.entries += cancelled.entries
            outcome.events += [*cancelled.events, self.firm.close()]
        return outcome

    def _free(self, outcome: Outcome[None], act: Act) -> None:
        """A bought license is free; the one of the member's own subscription goes with it."""
        if self.license is None:
            return
        cause, pool = For(member_id=self.member.id), self.firm.pool
        move = pool.release if self.license.is_bought else pool.withdraw
        outcome.entries.append(move(self.license, Reason.ACCOUNT_CLOSED, act, cause))
        outcome.events.append(pool.changed())

    def _pass_on(self) -> list[object | None]:
        heir, firm = self.successor, self.firm
        if heir is None or firm.owner_account_id != self.member.account_id:
            return []
        said: list[object | None] = []
        if heir.role is not Role.ADMIN:
            said.append(heir.take_role(Role.ADMIN, heir.license_id, firm))
        return [*said, firm.pass_to(heir.account_id)]
