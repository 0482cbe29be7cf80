"""What members are in the firm and invited people are to be, and billing that changes hands."""

from chassis.auth import PROFESSIONALS
from chassis.messages import command
from chassis.transactions import Transaction
from groups.firms.acts import act_of, settle
from groups.firms.firm import Firm
from groups.firms.license import License
from groups.invitations import schemas as invitation_schemas
from groups.invitations import storage as invitations
from groups.invitations.overdue_acts import end_overdue
from groups.licenses import storage as licenses
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
    def change_invitation_role(self, tx, request):
        """Offer another role; takes a license only if the old one did not (T04)."""
        firm, by = members.lock_own_firm(tx.session, tx.actor.account_id)
        by.require(Permission.MANAGE_MEMBERS)
        end_overdue(tx, firm)
        invitation, held = invitations.get_held(tx.session, request["invitation_id"], firm.id)
        change = _change(tx, firm, by, request["role"], held)
        return settle(tx, change.of_invitation(invitation, act_of(tx)))

    @command(schemas.ChangeRole, reply=member_schemas.Member, callers=PROFESSIONALS)
    def change_role(self, tx, request):
        """Make a member something else (S1-68..72)."""
        firm, by = members.lock_own_firm(tx.session, tx.actor.account_id)
        by.require(Permission.MANAGE_MEMBERS)
        end_overdue(tx, firm)
        member = members.get_member(tx.session, request["member_id"], firm.id)
        present = licenses.find_license(tx.session, member.license_id)
        change = _change(tx, firm, by, request["role"], present)
        return settle(tx, change.of_member(member, act_of(tx)))

    @command(
        schemas.HandOverBilling,
        reply=schemas.HandedOver,
        callers=PROFESSIONALS,
    )
    def hand_over_billing(self, tx, request):
        """Somebody else is in charge of billing (S1-70); no free license is needed."""
        firm, by = members.lock_own_firm(tx.session, tx.actor.account_id)
        by.require(Permission.MANAGE_MEMBERS)
        renew_used(tx, firm)
        taker = members.get_member(tx.session, request["to_member_id"], firm.id)
        giver = members.get_member(tx.session, request["from_member_id"], firm.id)
        handover = _handover(tx, firm, by, giver, taker)
        if giver is not taker:
            # A license has one user: who gets it is stored after who gave it up.
            tx.session.expunge(giver)
        giver, taker = settle(tx, handover.hand_over(request["from_role"], act_of(tx)))
        return {"from_member": giver, "to_member": taker}


def _change(
    tx: Transaction, firm: Firm, by: Member, role: Role, present: License | None
) -> RoleChange:
    return RoleChange(
        firm=firm,
        by=by,
        role=role,
        present=present,
        free=licenses.list_assignable(tx.session, firm.id, tx.now.date(), 1),
        admins=members.count_admins(tx.session, firm.id),
    )


def _handover(tx: Transaction, firm: Firm, by: Member, giver: Member, taker: Member) -> Handover:
    return Handover(
        firm=firm,
        by=by,
        giver=giver,
        taker=taker,
        license=licenses.find_license(tx.session, taker.license_id),
        free=licenses.list_assignable(tx.session, firm.id, tx.now.date(), 1),
        admins=members.count_admins(tx.session, firm.id),
    )
