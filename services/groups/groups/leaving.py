"""Departures, and billing changing hands, between transaction and rules."""

from typing import Any
from uuid import UUID

from chassis.transactions import Transaction
from groups import storage
from groups.domain.act import Act
from groups.domain.handover import Handover, Pair
from groups.domain.left_behind import Cancelling
from groups.domain.permissions import Permission, Role
from groups.domain.removal import Clients
from groups.overdue import renew_used
from groups.settling import act_of, settle


def remove(
    tx: Transaction,
    account_id: UUID,
    member_id: UUID,
    keep_clients: bool,
    departure_id: UUID | None,
    cancel_invitations: dict[str, Any] | None,
) -> dict[str, Any]:
    """See ``Removal.remove`` for the refusals; MemberNotFound outside the account's own firm."""
    chosen = cancel_invitations or {"all": False, "ids": []}
    cancelling = Cancelling(chosen["all"], frozenset(chosen["ids"]))
    removal = storage.lock_removal(
        tx.session, account_id, member_id, tx.now.date(), named=cancelling.ids
    )
    renew_used(tx, removal.firm)  # whether or not the job has come by
    act = Act(account_id, tx.now, tx.new_id)
    departed = settle(tx, removal.remove(Clients(keep_clients, departure_id), act, cancelling))
    return {
        "member": departed.member,
        "home_firm_id": departed.home.firm_id,
        "home_member_id": departed.home.id,
        "home_firm_name": departed.home_firm.name,
        "license_freed": departed.license_freed,
        "invitations_cancelled": departed.invitations_cancelled,
    }


def hand_over(tx: Transaction, from_member_id: UUID, to_member_id: UUID, role: Role) -> Pair:
    """See ``Handover.hand_over`` for the refusals; MemberNotFound outside one's own firm."""
    firm, by = storage.lock_own_firm(tx.session, tx.actor.account_id)
    by.require(Permission.MANAGE_MEMBERS)
    renew_used(tx, firm)
    taker = storage.get_member(tx.session, to_member_id, firm.id)
    giver = storage.get_member(tx.session, from_member_id, firm.id)
    handover = Handover(
        firm=firm,
        by=by,
        giver=giver,
        taker=taker,
        license=storage.find_license(tx.session, taker.license_id),
        free=storage.list_assignable(tx.session, firm.id, tx.now.date(), 1),
        admins=storage.count_admins(tx.session, firm.id),
    )
    if giver is not taker:
        # A license has one user: who gets it is stored after who gave it up.
        tx.session.expunge(giver)
    return settle(tx, handover.hand_over(role, act_of(tx)))
