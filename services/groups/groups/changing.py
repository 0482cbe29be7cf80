"""Changes of members and of what is offered, between transaction and rules."""

from uuid import UUID

from chassis.transactions import Transaction
from groups import storage
from groups.domain.firm import Firm
from groups.domain.invitation import Invitation
from groups.domain.license import License
from groups.domain.member import Member
from groups.domain.permissions import Permission, Role
from groups.domain.role_change import RoleChange
from groups.overdue import end_overdue
from groups.settling import act_of, settle


def change_member_role(tx: Transaction, member_id: UUID, role: Role) -> Member:
    """See ``RoleChange.of_member`` for the refusals; MemberNotFound outside one's own firm."""
    firm, by = storage.lock_own_firm(tx.session, tx.actor.account_id)
    by.require(Permission.MANAGE_MEMBERS)
    end_overdue(tx, firm)
    member = storage.get_member(tx.session, member_id, firm.id)
    present = storage.find_license(tx.session, member.license_id)
    change = _change(tx, firm, by, role, present)
    return settle(tx, change.of_member(member, act_of(tx)))


def change_invitation_role(tx: Transaction, invitation_id: UUID, role: Role) -> Invitation:
    """See ``RoleChange.of_invitation``; InvitationNotFound outside one's own firm."""
    firm, by = storage.lock_own_firm(tx.session, tx.actor.account_id)
    by.require(Permission.MANAGE_MEMBERS)
    end_overdue(tx, firm)
    invitation, held = storage.get_held(tx.session, invitation_id, firm.id)
    change = _change(tx, firm, by, role, held)
    return settle(tx, change.of_invitation(invitation, act_of(tx)))


def _change(
    tx: Transaction, firm: Firm, by: Member, role: Role, present: License | None
) -> RoleChange:
    return RoleChange(
        firm=firm,
        by=by,
        role=role,
        present=present,
        free=storage.list_assignable(tx.session, firm.id, tx.now.date(), 1),
        admins=storage.count_admins(tx.session, firm.id),
    )
