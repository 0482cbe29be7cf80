"""Joining: an invitation becomes a membership, and the professional's solo firm falls asleep."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.changes import Changes, Context
from groups.accounts.account import Account
from groups.firms.firm import Firm
from groups.firms.license import Cause, License, Reason
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

    def accept(self, context: Context) -> Changes[Member]:
        """Join the firm: the held license is used, the solo membership dormant (S1-35, S1-41).

        Raises what ``Invitation.accept`` raises, AlreadyAMember or AlreadyInAFirm.
        """
        self.invitation.refuse_again(self.leaving.member if self.leaving else None)
        self.invitation.accept(self.account, self.link, context)
        changes = Changes(self._member(context))
        self._leave(changes, context)
        self._arrive(changes, context)
        return changes

    def _leave(self, changes: Changes[Member], context: Context) -> None:
        """Put the solo membership to sleep; its license and its open invitations are freed."""
        if self.leaving is None:
            return
        firm, member = self.leaving.firm, self.leaving.member
        if firm is self.firm:
            raise AlreadyAMember(ALREADY_IN)
        if not firm.is_solo:
            raise AlreadyInAFirm("leave the present firm first")
        reason, pending = Reason.JOINED_ANOTHER_FIRM, self.leaving.pending
        if pending:
            withdrawn = ending.cancel_all(firm, pending, reason, context)
            changes.history += withdrawn.history
            changes.events += withdrawn.events
        changes.events += [member.rest(firm), firm.member_went()]
        if self.leaving.license:
            cause = Cause(member_id=member.id)
            freed = firm.pool.release(self.leaving.license, reason, context, cause)
            changes.history.append(freed)
            changes.events.append(firm.pool.changed())

    def _arrive(self, changes: Changes[Member], context: Context) -> None:
        """Use the held license for the new member."""
        member = changes.result
        changes.new.append(member)
        left_firm_id = self.leaving.firm.id if self.leaving else None
        # Who can be asked: nobody where who invited has left meanwhile.
        asked = None if self.invitation.inviter_left else self.invitation.inviter_name
        joined = member.joined(self.firm, left_firm_id, self.invitation.id, invited_by_name=asked)
        changes.events.append(joined)
        changes.events.append(self.firm.member_came())
        if self.license:
            cause = Cause(invitation_id=self.invitation.id, member_id=member.id)
            changes.history.append(self.firm.pool.use(self.license, Reason.JOINED, context, cause))
            if not self.license.is_paid_on(context.today):  # it waited past its last day
                entries, renewed = renew_after_waiting(self.firm, self.license, member, context)
                changes.history += entries
                changes.events += renewed
            changes.events.append(self.firm.pool.changed())

    def _member(self, context: Context) -> Member:
        return Member(
            id=context.new_id(),
            firm_id=self.firm.id,
            account_id=self.account.account_id,
            name=self.account.name,
            email=self.account.email,
            address=self.account.address,
            role=self.invitation.role,
            joined_at=context.at,
            license_id=self.invitation.license_id,
        )
