"""Joining: an invitation becomes a membership, and the professional's solo firm falls asleep."""

from collections.abc import Sequence
from dataclasses import dataclass

from groups.accounts.account import Account
from groups.firms.context import Act
from groups.firms.firm import Firm
from groups.firms.license import For, License, Reason
from groups.firms.outcome import Outcome
from groups.invitations import ending
from groups.invitations.errors import AlreadyAMember, AlreadyInAFirm
from groups.invitations.invitation import ALREADY_IN, Invitation, InvitationLink
from groups.licenses.lapsing import renew_after_waiting
from groups.members.member import Member


@dataclass
class Leaving:
    """The firm that somebody leaves behind, its row held, with what is open there."""

    firm: Firm
    member: Member
    license: License | None
    pending: Sequence[ending.Held]  # invitations that nobody would be there to keep up


@dataclass
class Joining:
    """One acceptance: the invitation, its firm (row held), and who comes from where."""

    invitation: Invitation
    link: InvitationLink
    firm: Firm
    license: License | None  # the one the invitation holds; None for billing-only
    account: Account
    leaving: Leaving | None

    def accept(self, act: Act) -> Outcome[Member]:
        """The new member; the held license is used, the solo membership dormant (S1-35, S1-41).

        Raises what ``Invitation.accept`` raises, AlreadyAMember or AlreadyInAFirm.
        """
        self.invitation.refuse_again(self.leaving.member if self.leaving else None)
        self.invitation.accept(self.account, self.link, act)
        outcome = Outcome(self._member(act))
        self._leave(outcome, act)
        self._arrive(outcome, act)
        return outcome

    def _leave(self, outcome: Outcome[Member], act: Act) -> None:
        """Put the solo membership to sleep; its license and its open invitations are freed."""
        if self.leaving is None:
            return
        firm, member = self.leaving.firm, self.leaving.member
        if firm is self.firm:
            raise AlreadyAMember(ALREADY_IN)
        if not firm.is_solo:
            raise AlreadyInAFirm("leave the present firm first")
        withdrawn = ending.cancel_all(firm, self.leaving.pending, Reason.JOINED_ANOTHER_FIRM, act)
        outcome.entries += withdrawn.entries
        if self.leaving.license:
            own, cause = self.leaving.license, For(member_id=member.id)
            freed = firm.pool.release(own, Reason.JOINED_ANOTHER_FIRM, act, cause)
            outcome.entries.append(freed)
        pool = [firm.pool.changed()] if self.leaving.license else []
        outcome.events += [*withdrawn.events, member.rest(firm), firm.member_went(), *pool]

    def _arrive(self, outcome: Outcome[Member], act: Act) -> None:
        """Use the held license for the new member."""
        member = outcome.result
        outcome.new.append(member)
        left_firm_id = self.leaving.firm.id if self.leaving else None
        # Who can be asked: nobody where who invited has left meanwhile.
        asked = None if self.invitation.inviter_left else self.invitation.inviter_name
        joined = member.joined(self.firm, left_firm_id, self.invitation.id, invited_by_name=asked)
        outcome.events.append(joined)
        outcome.events.append(self.firm.member_came())
        if self.license:
            cause = For(invitation_id=self.invitation.id, member_id=member.id)
            outcome.entries.append(self.firm.pool.use(self.license, Reason.JOINED, act, cause))
            entries, renewed = renew_after_waiting(self.firm, self.license, member, act)
            outcome.entries += entries
            outcome.events += [*renewed, self.firm.pool.changed()]

    def _member(self, act: Act) -> Member:
        return Member(
            id=act.new_id(),
            firm_id=self.firm.id,
            account_id=self.account.account_id,
            name=self.account.name,
            email=self.account.email,
            address=self.account.address,
            role=self.invitation.role,
            joined_at=act.at,
            license_id=self.invitation.license_id,
        )
