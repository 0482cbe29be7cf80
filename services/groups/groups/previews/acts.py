"""Previews between transaction and rules: gathered as for commands, then cut off from storage."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from chassis.changes import Context
from chassis.links import fingerprint
from chassis.transactions import Transaction
from groups.accounts import storage as accounts
from groups.accounts.account import require_verified
from groups.departures import storage as departures
from groups.departures.closing import Closing, Left
from groups.departures.left_behind import LeftBehind, worst_first
from groups.departures.removal import Clients
from groups.firms import storage as firms
from groups.firms.firm import Firm
from groups.firms.license import License
from groups.firms.states import LicenseState
from groups.invitations import acts, ending
from groups.invitations.due_storage import list_overdue
from groups.invitations.inviting import Inviting, Known, Person, licenses_needed
from groups.invitations.storage import lock_joining, sort_addresses
from groups.licenses import lapsing
from groups.licenses import storage as licenses
from groups.members import storage as members
from groups.members.member import Member
from groups.members.permissions import Permission, Role
from groups.members.states import MemberStatus
from groups.previews.dry_run import DryRun, dry_run
from groups.roles.role_change import RoleChange

Reply = dict[str, Any]
MOST_SHOWN = 50  # of a leaver's invitations, the worst first
ANY_TERM = timedelta()  # no preview shows when an invitation would expire


def invitations(
    tx: Transaction, account_id: UUID, rows: list[dict[str, Any]], settings: acts.Settings
) -> Reply:
    """Return what inviting these people would do; see ``Inviting.invite`` for the refusals."""
    firm, by = _managed_firm(tx, account_id)
    require_verified(accounts.find_account(tx.session, account_id))
    people = [Person(**row) for row in rows]
    needed, today = licenses_needed(people), tx.now.date()
    addresses = {person.address for person in people}
    already, invited = sort_addresses(tx.session, firm.id, addresses)
    overdue = list_overdue(tx.session, firm.id, tx.now)
    unpaid = licenses.list_overdue_licenses(tx.session, firm.id, today)
    free = firms.list_assignable(tx.session, firm.id, today, needed)
    context = _cut_off(tx, account_id)
    # As in earnest, what time has ended is ended first: it frees licenses and addresses (T10).
    ending.expire_all(firm, overdue, context)
    lapsing.lapse_all(firm, unpaid, context)
    freed = [one for _, one in overdue if one and one.state is LicenseState.UNUSED]
    free = sorted([*free, *freed], key=_oldest_first)[:needed]
    known = Known(already, invited - {invitation.address for invitation, _ in overdue})
    inviting = Inviting(firm, by, people, known, free, ANY_TERM)
    seen = dry_run(firm, free, lambda: inviting.invite(context))
    acts.foresee_mails(tx, account_id, firm, addresses, settings, buying=seen.missing)
    return _answer(seen)


def role_change(tx: Transaction, account_id: UUID, member_id: UUID, role: Role) -> Reply:
    """Return what the new role would do; see ``RoleChange.of_member`` for the refusals."""
    firm, by = _managed_firm(tx, account_id)
    member = members.get_member(tx.session, member_id, firm.id)
    change = RoleChange(
        firm=firm,
        by=by,
        role=role,
        present=firms.find_license(tx.session, member.license_id),
        free=firms.list_assignable(tx.session, firm.id, tx.now.date(), 1),
        admins=members.count_admins(tx.session, firm.id),
    )
    context = _cut_off(tx, account_id)
    old, now = member.role, _as_it_is(member)
    _renew(firm, change.present, member, context)
    moved = [change.present, *change.free]
    seen = dry_run(firm, moved, lambda: change.of_member(member, context))
    return {**_answer(seen), "old_role": old, "new_role": role, "member": now}


def removal(tx: Transaction, account_id: UUID, member_id: UUID) -> Reply:
    """Return what the departure would do; see ``Removal.remove`` for the refusals."""
    leaving = departures.lock_removal(
        tx.session, account_id, member_id, tx.now.date(), firms.get_firms
    )
    context, now = _cut_off(tx, account_id), _as_it_is(leaving.member)
    open_still = (one for one, _ in leaving.sent if not one.is_overdue(tx.now))
    sent = worst_first(open_still, leaving.member)
    _renew(leaving.firm, leaving.license, leaving.member, context)
    seen = dry_run(
        leaving.firm, [leaving.license], lambda: leaving.remove(Clients(keep=True), context)
    )
    return {
        **_answer(seen),
        "member": now,
        "home_firm_id": leaving.home.firm.id if leaving.home else None,
        "license_freed": seen.result.license_freed if seen.result else False,
        "invitations_pending": len(sent),
        "invitations": [_shown(one) for one in sent[:MOST_SHOWN]],
    }


def joining(tx: Transaction, account_id: UUID, token: str) -> Reply:
    """Return what accepting would do; see ``Joining.accept`` for the refusals."""
    acceptance = lock_joining(tx.session, fingerprint(token), account_id, firms.get_firms)
    left, license = acceptance.leaving, acceptance.license
    bought = licenses.list_bought(tx.session, left.firm.id) if left else []
    context = _cut_off(tx, account_id)
    seen = dry_run(acceptance.firm, [license], lambda: acceptance.accept(context))
    return {
        **_answer(seen),
        "role": acceptance.invitation.role,
        "account_id": account_id,
        "name": acceptance.account.name,
        "left_firm_id": left.firm.id if left else None,
        "invitations_withdrawn": len(left.pending) if left else 0,
        "license": license,
        "left_licenses": _left(bought, tx.now.date()),
    }


def closing(tx: Transaction, account_id: UUID) -> Reply:
    """Return what becomes of each of the account's firms; see ``Closing.close``.

    Raises AccountNotFound.
    """
    accounts.get_account(tx.session, account_id)
    closings = departures.lock_closings(tx.session, account_id, firms.get_firms)
    bought = {one.firm.id: licenses.list_bought(tx.session, one.firm.id) for one in closings}
    admins = {one.firm.id: members.count_admins(tx.session, one.firm.id) for one in closings}
    context = _cut_off(tx, account_id)
    awake_first = sorted(closings, key=lambda one: one.member.status is not MemberStatus.ACTIVE)
    return {
        "firms": [
            _after(one, bought[one.firm.id], admins[one.firm.id], context) for one in awake_first
        ]
    }


def _after(closing: Closing, bought: list[License], admins: int, context: Context) -> Reply:
    was_admin = closing.member.permissions and closing.member.role is Role.ADMIN
    moved = [closing.license, *(license for _, license in closing.pending)]
    seen = dry_run(closing.firm, moved, lambda: closing.close(context))
    left = seen.result or Left(ends=False)
    open_still = closing.pending if left.ends else closing.sent
    return {
        **_answer(seen),
        "member_id": closing.member.id,
        "ends": left.ends,
        "members_left": closing.firm.active_members,
        "admins_left": admins - bool(was_admin) + left.becomes_admin,
        "heir": left if left.heir else None,
        "invitations_pending": sum(not one.is_overdue(context.at) for one, _ in open_still),
        "licenses_left": _left(bought, context.at.date()) if left.ends else [],
    }


def _managed_firm(tx: Transaction, account_id: UUID) -> tuple[Firm, Member]:
    """Return the account's firm, not held. Raises MemberNotFound, NotAllowed."""
    by = members.get_active_member(tx.session, account_id)
    by.require(Permission.MANAGE_MEMBERS)
    return firms.get_firm(tx.session, by.firm_id), by


def _cut_off(tx: Transaction, account_id: UUID) -> Context:
    """Let nothing that was read be written back, whatever a rule does to it from here on."""
    tx.session.expunge_all()
    return tx.context(account_id)


def _renew(firm: Firm, license: License | None, member: Member, context: Context) -> None:
    """Renew, as in earnest, a license used past its last day, before it is freed."""
    if license:
        lapsing.renew(firm, license, member, context)


def _as_it_is(member: Member) -> Reply:
    return {name: value for name, value in vars(member).items() if not name.startswith("_")}


def _left(bought: Iterable[License], today: date) -> list[Reply]:
    """Return what stays behind unused, by order and last day, what ends first before the others."""
    idle = Counter(
        (one.paid_through, one.order_id, one.level) for one in bought if one.is_paid_on(today)
    )
    return [
        {"paid_through": day, "order_id": order_id, "level": level, "quantity": quantity}
        for (day, order_id, level), quantity in sorted(idle.items(), key=_first_to_end)
    ]


def _first_to_end(counted: tuple[tuple[date | None, Any, Any], int]) -> tuple[date, str]:
    (day, order_id, _), _ = counted
    return day or date.max, str(order_id)


def _shown(one: LeftBehind) -> Reply:
    shown = ("email", "name", "role", "expires_at")
    told = {name: getattr(one.invitation, name) for name in shown}
    return {"invitation_id": one.invitation.id, **told, "resembles": list(one.resembles)}


def _oldest_first(license: License) -> tuple[date, UUID]:
    return license.paid_through or date.max, license.id


def _answer(seen: DryRun[Any]) -> Reply:
    return {
        "firm_id": seen.firm.id,
        "firm_name": seen.firm.name,
        "pool_before": seen.pool_before,
        "pool_after": seen.pool_after,
        "moves": seen.moves,
        "needed": seen.needed,
        "missing": seen.missing,
    }
