"""What members are in the firm and invited people are to be, and billing that changes hands."""

from typing import Any
from uuid import UUID

from chassis.auth import PROFESSIONALS
from chassis.messages import command
from chassis.transactions import Transaction
from groups.firms import storage as firms
from groups.firms.firm import Firm
from groups.firms.license import License
from groups.invitations import schemas as invitation_schemas
from groups.invitations import storage as invitations
from groups.invitations.acts import lock_desk
from groups.invitations.invitation import Invitation
from groups.licenses.acts import renew_used
from groups.members import schemas as member_schemas
from groups.members import storage as members
from groups.members.member import Member
from groups.members.permissions import Permission, Role
from groups.roles import schemas
from groups.roles.handover import Handover
from groups.roles.role_change import RoleChange


class Roles:
    """Changing roles; see ``RoleChange`` and ``Handover`` for the refusals."""

    @command(
        schemas.ChangeInvitationRole,
        reply=invitation_schemas.Invitation,
        callers=PROFESSIONALS,
    )
    def change_invitation_role(
        self, tx: Transaction, invitation_id: UUID, role: Role
    ) -> Invitation:
        """Offer another role; takes a license only if the old one did not (T04)."""
        desk = lock_desk(tx)
        invitation, held = invitations.get_held(tx.session, invitation_id, desk.firm.id)
        change = _change(tx, desk.firm, desk.by, role, held)
        return tx.apply(change.of_invitation(invitation, tx.context(tx.account_id)))

    @command(schemas.ChangeRole, reply=member_schemas.Member, callers=PROFESSIONALS)
    def change_role(self, tx: Transaction, member_id: UUID, role: Role) -> Member:
        """Make a member something else (S1-68..72)."""
        desk = lock_desk(tx)
        member = members.get_member(tx.session, member_id, desk.firm.id)
        present = firms.find_license(tx.session, member.license_id)
        change = _change(tx, desk.firm, desk.by, role, present)
        return tx.apply(change.of_member(member, tx.context(tx.account_id)))

    @command(
        schemas.HandOverBilling,
        reply=schemas.HandedOver,
        callers=PROFESSIONALS,
    )
    def hand_over_billing(
        self, tx: Transaction, from_member_id: UUID, to_member_id: UUID, from_role: Role
    ) -> dict[str, Any]:
        """Put somebody else in charge of billing (S1-70); no free license is needed."""
        firm, by = members.lock_own_firm(tx.session, tx.account_id)
        by.require(Permission.MANAGE_MEMBERS)
        renew_used(tx, firm)
        taker = members.get_member(tx.session, to_member_id, firm.id)
        giver = members.get_member(tx.session, from_member_id, firm.id)
        handover = _handover(tx, firm, by, giver, taker)
        if giver is not taker:
            # A license has one user: who gets it is stored after who gave it up.
            tx.session.expunge(giver)
        giver, taker = tx.apply(handover.hand_over(from_role, tx.context(tx.account_id)))
        return {"from_member": giver, "to_member": taker}


def _change(
    tx: Transaction, firm: Firm, by: Member, role: Role, present: License | None
) -> RoleChange:
    return RoleChange(
        firm=firm,
        by=by,
        role=role,
        present=present,
        free=firms.list_assignable(tx.session, firm.id, tx.now.date(), 1),
        admins=members.count_admins(tx.session, firm.id),
    )


def _handover(tx: Transaction, firm: Firm, by: Member, giver: Member, taker: Member) -> Handover:
    return Handover(
        firm=firm,
        by=by,
        giver=giver,
        taker=taker,
        license=firms.find_license(tx.session, taker.license_id),
        free=firms.list_assignable(tx.session, firm.id, tx.now.date(), 1),
        admins=members.count_admins(tx.session, firm.id),
    )
