"""Answers to those who look: the overview, lists, a membership, an offer."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.paging import MAX_LIMIT
from chassis.transactions import Transaction
from groups import storage
from groups.domain.invitation import Invitation
from groups.domain.member import Member
from groups.domain.permissions import Permission

Reply = dict[str, Any]
A_MOMENT = timedelta(minutes=15)  # longer than events are ever late while all goes well


def overview(tx: Transaction) -> Reply:
    """The caller's firm as they may see it (S1-06..08, S1-67)."""
    viewer = storage.get_own_membership(tx.session, tx.actor.account_id)
    shown = _people_of(tx, viewer, None, MAX_LIMIT)
    sees_licenses = viewer.can(Permission.SEE_LICENSES)
    return {
        "firm": storage.read_firm(tx.session, viewer.firm_id),
        "viewer": _viewer(viewer),
        "licenses": storage.read_pool(tx.session, viewer.firm_id) if sees_licenses else None,
        "members": shown["items"],
        "next_cursor": shown["next_cursor"],
    }


def people(tx: Transaction, cursor: str | None, limit: int) -> Reply:
    """One page of the caller's firm's people."""
    viewer = storage.get_own_membership(tx.session, tx.actor.account_id)
    return _people_of(tx, viewer, cursor, limit)


def membership(tx: Transaction, account_id: UUID) -> Reply:
    """The account's active membership and its firm. Raises MemberNotFound."""
    member = storage.get_active_member(tx.session, account_id)
    firm = storage.read_firm(tx.session, member.firm_id)
    return {
        **asdict(member),
        "firm_name": firm["name"],
        "firm": firm,
        "licenses_bought": storage.count_bought(tx.session, member.firm_id),
        "left_firm_id": storage.find_left_firms(tx.session, [account_id]).get(account_id),
    }


def newcomers(tx: Transaction, account_id: UUID, member_ids: list[UUID]) -> Reply:
    """The account's firm, those of these members who are there, and who joined a moment ago.

    Raises MemberNotFound.
    """
    own = storage.get_active_member(tx.session, account_id)
    firm = storage.read_firm(tx.session, own.firm_id)
    since = tx.now - A_MOMENT
    found = storage.list_newcomers(tx.session, own.firm_id, member_ids, since)
    left = storage.find_left_firms(tx.session, [member.account_id for member in found])
    members = [
        {**asdict(one), "firm_name": firm["name"], "left_firm_id": left.get(one.account_id)}
        for one in found
    ]
    return {"firm": firm, "members": members}


def offer(tx: Transaction, token_hash: str) -> Reply:
    """The invitation behind a link. Raises what says why there is none any more (T10)."""
    link, _ = storage.get_link(tx.session, token_hash)
    invitation = storage.get_invitation(tx.session, link.invitation_id, None)
    if tx.actor.account_id:
        invitation.refuse_again(storage.find_active_member(tx.session, tx.actor.account_id))
    invitation.require_current(link, tx.now)
    firm_name = storage.read_firm(tx.session, invitation.firm_id)["name"]
    signed = invitation.signed_by(firm_name)
    return {
        "firm_name": firm_name,
        "invited_by_name": signed.name,
        "name": invitation.name,
        "email": invitation.email,
        "role": invitation.role,
        "message": signed.message,
        "expires_at": invitation.expires_at,
    }


def issued(tx: Transaction, invitation: Invitation, token: str) -> Reply:
    """A link with what its mail says: all as it is now, when the mail leaves."""
    firm_name = storage.read_firm(tx.session, invitation.firm_id)["name"]
    signed = invitation.signed_by(firm_name)
    return {
        "token": token,
        "expires_at": invitation.expires_at,
        "firm_name": firm_name,
        "role": invitation.role,
        "invited_by_name": signed.name,
        "invited_by_email": signed.email,
        "message": signed.message,
    }


def _people_of(tx: Transaction, viewer: Member, cursor: str | None, limit: int) -> Reply:
    manages = viewer.can(Permission.MANAGE_MEMBERS)
    return storage.list_people(tx.session, viewer.firm_id, manages, cursor, limit)


def _viewer(member: Member) -> Reply:
    return {
        "id": member.id,
        "role": member.role,
        "senior": member.senior,
        "can": sorted(member.permissions),
    }
