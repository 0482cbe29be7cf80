"""What whoever holds an invitation's link sees and does: the offer, and joining by it."""

from typing import Any

from chassis.auth import PEOPLE, PUBLIC
from chassis.links import fingerprint
from chassis.messages import command, query
from chassis.transactions import Transaction
from groups.firms import storage as firms
from groups.invitations import schemas, storage
from groups.licenses.acts import renew_used
from groups.members import schemas as member_schemas
from groups.members import storage as members
from groups.members.member import Member


class Joinings:
    """Messages about the membership that an invitation becomes."""

    @query(schemas.InvitationToken, reply=schemas.OfferedInvitation, callers=PUBLIC)
    def open_invitation(self, tx: Transaction, token: str) -> dict[str, Any]:
        """Return what the link offers. Opening spends nothing: mail scanners open links too."""
        return _offer(tx, fingerprint(token))

    @command(
        schemas.InvitationToken,
        reply=member_schemas.Member,
        callers=PEOPLE,
    )
    def accept_invitation(self, tx: Transaction, token: str) -> Member:
        """Join with the account that is signed in (S1-35); the invitation is spent."""
        account_id, token_hash = tx.account_id, fingerprint(token)
        joining = storage.lock_joining(tx.session, token_hash, account_id)
        left = joining.leaving
        if left and left.license and not left.license.is_paid_on(tx.now.date()):
            renew_used(tx, left.firm)
        return tx.apply(joining.accept(tx.context(account_id)))


def _offer(tx: Transaction, token_hash: str) -> dict[str, Any]:
    """Return the invitation behind a link. Raises what says why there is none any more (T10)."""
    link, _ = storage.get_link(tx.session, token_hash)
    invitation = storage.get_invitation(tx.session, link.invitation_id, None)
    if tx.actor.account_id:
        invitation.refuse_again(members.find_active_member(tx.session, tx.account_id))
    invitation.require_current(link, tx.now)
    firm_name = firms.read_firm(tx.session, invitation.firm_id)["name"]
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
