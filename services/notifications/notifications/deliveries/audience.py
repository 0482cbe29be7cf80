"""Whom a mail about a firm's affairs may still reach when it leaves, and who gets it instead."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from notifications.mails.letter import Kind, Letter
from notifications.mails.mail import Mail
from notifications.members.roles import MANAGERS, ROLES

# Papers go on to whoever looks after billing, all else to whoever manages members.
PAPERS = frozenset({Kind.RECEIPT, Kind.STATEMENT, Kind.PAYMENT_DECLINED, Kind.PAYMENT_OVERDUE})
_PASSED_ON = PAPERS | {Kind.LICENSE_WARNING, Kind.LICENSE_LAPSE, Kind.INVITATION_EXPIRED}
AUDIENCES: Mapping[Kind, frozenset[str]] = {
    **dict.fromkeys(_PASSED_ON, MANAGERS),
    Kind.REASSIGNMENT: ROLES,
}

LEFT = "recipient_left"
NOT_IN_CHARGE = "recipient_not_in_charge"
NO_LONGER = (LEFT, NOT_IN_CHARGE)


def is_for(mail: Mail, member: Mapping[str, Any]) -> bool:
    """Return whether this member of the mail's firm, as they are now, is to get it."""
    return member["status"] == "active" and member["role"] in AUDIENCES[mail.kind]


def doubted(mail: Mail, namesakes: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether what is known of the members with the mail's address speaks against it.

    Somebody who is not known here may have joined just now, and is sent what they were owed.
    """
    return bool(namesakes) and not any(is_for(mail, member) for member in namesakes)


def instead(mail: Mail, managers: Sequence[Mapping[str, Any]]) -> list[Letter]:
    """Return the mail for those in charge now, where the one it was owed to is not any more.

    Papers go to all billing-only members, to the admins only while there is none (Q6).
    """
    if mail.kind not in _PASSED_ON:
        return []
    people: Iterable[Mapping[str, Any]] = managers
    if mail.kind in PAPERS:
        payers = [member for member in managers if member["role"] == "billing_only"]
        people = payers or managers
    return [_copy(mail, member) for member in people]


def _copy(mail: Mail, member: Mapping[str, Any]) -> Letter:
    facts = dict(mail.facts)
    if mail.kind is Kind.INVITATION_EXPIRED:
        facts["by_you"] = False
    return Letter(
        mail.kind,
        mail.about_id,
        mail.generation,
        member["email"],
        member["name"],
        mail.firm_id,
        facts,
        mail.subject_id,
        mail.rank,
    )
