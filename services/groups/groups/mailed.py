"""How far the mails of invitations got, between the mail service's events and invitations."""

from datetime import datetime
from typing import Any

from chassis.transactions import Transaction
from groups import storage
from groups.domain.errors import InvitationNotFound
from groups.domain.states import Delivery

News = dict[str, Any]
KIND = "invitation"  # of all the mails that go out, those with an invitation's link


def note_delivered(tx: Transaction, mail: News) -> None:
    """The mail of an invitation has arrived."""
    _note(tx, mail, Delivery.DELIVERED, None, mail["delivered_at"])


def note_failed(tx: Transaction, mail: News) -> None:
    """The mail of an invitation never arrives; ``reason`` says why (T17)."""
    _note(tx, mail, Delivery.FAILED, mail["reason"], mail["failed_at"])


def _note(
    tx: Transaction, mail: News, delivery: Delivery, reason: str | None, at: datetime
) -> None:
    """Keep it with the invitation; what is about anything else is not ours."""
    if mail["kind"] != KIND:
        return
    try:
        firm_id = storage.get_invitation(tx.session, mail["about_id"], None).firm_id
    except InvitationNotFound:
        return
    # Held, so that it is not sent again meanwhile; then looked at as it is.
    storage.lock_firm(tx.session, firm_id)
    invitation = storage.get_invitation(tx.session, mail["about_id"], firm_id)
    invitation.mailed(int(mail["generation"]), delivery, reason, at)
