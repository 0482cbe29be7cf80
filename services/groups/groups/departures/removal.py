"""Removing a member, and leaving: the license is free again, and one works in one's own firm."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis.changes import Changes, Context
from groups.accounts.account import Account
from groups.departures.errors import CannotLeaveOwnFirm
from groups.departures.events import Departure, MemberRemoved
from groups.departures.left_behind import Cancelling, part
from groups.departures.return_to_solo_firm import Home, return_to_solo_firm
from groups.firms.firm import Firm
from groups.firms.license import Cause, License, LicenseHistoryEntry, Reason
from groups.invitations import ending
from groups.invitations.events import InvitationCancelled
from groups.members.member import Member
from groups.members.permissions import Permission
from groups.roles.role_change import require_another_admin

NONE = Cancelling()


@dataclass(frozen=True)
class Clients:
    """What is to become of the clients of whoever goes; groups passes it on."""

    keep: bool
    departure_id: UUID | None = None


@dataclass(frozen=True)
class Departed:
    """The ended membership, and the one that the account works under now."""

    member: Member
    home: Member
    home_firm: Firm
    license_freed: bool
    invitations_cancelled: int


@dataclass
class Removal:
    """A member about to go from a firm; the firm's row is held, and that of the firm at home."""

    firm: Firm
    by: Member
    member: Member
    license: License | None  # the one that the member uses; None for billing-only
    account: Account
    home: Home | None  # None for somebody who has no other firm
    admins: int  # active ones in the firm
    heir: Member | None  # the longest-serving admin beside the member
    sent: Sequence[ending.Held] = ()  # their invitations that nobody has answered

    def remove(
        self, clients: Clients, context: Context, cancelling: Cancelling = NONE
    ) -> Changes[Departed]:
        """Take the member out of the firm and back home (S1-47, S1-53..56, Q14).

        Raises NotAllowed, CannotLeaveOwnFirm, LastAdmin (Q4), InvitationNotFound; removing
        oneself is leaving.
        """
        self._require_allowed(cancelling)
        parted = part(self.firm, self.sent, cancelling, context)
        freed = self._give_back(context)
        home = return_to_solo_firm(self.account, self.home, context)
        founded = [one for one in home.new if isinstance(one, Firm)]
        home_firm = self.home.firm if self.home else founded[0]
        removed = self._removed(clients, home.result, home_firm)
        events = [removed, *home.events, self.firm.member_went(), self._pass_on(), *parted.events]
        if freed:
            events.append(self.firm.pool.changed())
        departed = Departed(
            self.member,
            home.result,
            home_firm,
            license_freed=any(one.state == "unused" for one in freed),
            invitations_cancelled=sum(isinstance(e, InvitationCancelled) for e in parted.events),
        )
        return Changes(departed, home.new, parted.history + freed + home.history, events)

    @property
    def is_leaving(self) -> bool:
        """Whether the member goes by their own will."""
        return self.member is self.by

    def _require_allowed(self, cancelling: Cancelling) -> None:
        if cancelling or not self.is_leaving:
            self.by.require(Permission.MANAGE_MEMBERS)
        if self.is_leaving and self.firm.is_solo:
            raise CannotLeaveOwnFirm("nobody else works in this firm")
        require_another_admin(self.member, self.admins)

    def _give_back(self, context: Context) -> list[LicenseHistoryEntry]:
        """Return what this left in the license's biography; nothing for billing-only (S1-55)."""
        if self.license is None:
            return []
        reason = Reason.MEMBER_LEFT if self.is_leaving else Reason.MEMBER_REMOVED
        cause, pool = Cause(member_id=self.member.id), self.firm.pool
        if self.home is None and not self.license.is_bought:
            # The founder's subscription brings it, and goes on in the founder's new firm.
            return [pool.withdraw(self.license, reason, context, cause)]
        return [pool.release(self.license, reason, context, cause)]

    def _removed(self, clients: Clients, home: Member, home_firm: Firm) -> MemberRemoved:
        return MemberRemoved(
            **self.member.end(self.firm),
            reason=Departure.LEFT if self.is_leaving else Departure.REMOVED,
            removed_by_account_id=self.by.account_id,
            removed_by_name=self.by.name,
            keep_clients=clients.keep,
            departure_id=clients.departure_id,
            home_firm_id=home.firm_id,
            home_member_id=home.id,
            home_firm_name=home_firm.name,
        )

    def _pass_on(self) -> object | None:
        """Give the firm of an owner who goes to the longest-serving admin."""
        if self.heir is None or self.firm.owner_account_id != self.member.account_id:
            return None
        return self.firm.transfer_ownership(self.heir.account_id)
