"""Links for the mails that leave, and how far those mails got."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.errors import Conflict, NotFound, to_wire
from chassis.ids import new_token
from chassis.transactions import Transaction
from groups.invitations import links_storage, storage
from groups.invitations.errors import InvitationNotFound
from groups.invitations.invitation import Invitation
from groups.invitations.states import Delivery

KIND = "invitation"  # of all the mails that go out, those with an invitation's link


def issue_links(tx: Transaction, invitation_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """Issue a link for each of them, or say why there is none; answers in their order.

    None is held: what ends an invitation, or sends it again, ends its links, too.
    """
    offered = links_storage.list_offered(tx.session, invitation_ids)
    return [_issued(tx, one_id, offered.get(one_id)) for one_id in invitation_ids]


def issue_link(tx: Transaction, invitation_id: UUID) -> dict[str, Any]:
    """Issue a link to one of them. Raises InvitationNotFound, and what says that it has ended."""
    return _link(tx, links_storage.list_offered(tx.session, [invitation_id]).get(invitation_id))


def note(
    tx: Transaction, mail: dict[str, Any], delivery: Delivery, reason: str | None, at: datetime
) -> None:
    """Keep with the invitation how far its mail got; what is about anything else is not ours.

    The invitation alone is held, not its firm: whoever sends it again holds it, too.
    """
    if mail["kind"] != KIND:
        return
    try:
        invitation = storage.lock_invitation(tx.session, mail["about_id"])
    except InvitationNotFound:
        return
    invitation.mailed(int(mail["generation"]), delivery, reason, at)


def _issued(
    tx: Transaction, invitation_id: UUID, offered: tuple[Invitation, str] | None
) -> dict[str, Any]:
    try:
        link, refusal = _link(tx, offered), None
    except (NotFound, Conflict) as refused:
        link, refusal = None, to_wire(refused)
    return {"invitation_id": invitation_id, "link": link, "refusal": refusal}


def _link(tx: Transaction, offered: tuple[Invitation, str] | None) -> dict[str, Any]:
    """Return the token, and what the mail says: all as it is now, when the mail leaves."""
    if offered is None:
        raise InvitationNotFound("there is no such invitation")
    invitation, firm_name = offered
    token = new_token()
    tx.session.add(invitation.issue_link(token, tx.now))
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
