"""Before a mail leaves: whether it is still true, and still for whom it was owed to."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from chassis.errors import NotFound
from chassis.transactions import Transaction
from notifications import storage
from notifications.domain import audience
from notifications.domain.firm_letters import MANAGERS
from notifications.domain.letters import Kind
from notifications.domain.mail import Mail
from notifications.domain.timeliness import brought_up_to_date, is_over
from notifications.owing import owe

NO_LONGER = (audience.LEFT, audience.NOT_IN_CHARGE)


def still_true(tx: Transaction, due: Sequence[Mail]) -> list[Mail]:
    """Those of the due mails that nothing has overtaken; the others are dropped."""
    overtaken = storage.find_overtaken(tx.session, due)
    welcomed = [mail.about_id for mail in due if mail.kind is Kind.WELCOME]
    roles = storage.list_roles(tx.session, welcomed)
    left = []
    for mail in due:
        news = overtaken.get(mail.id) or is_over(mail, tx.now)
        if news:
            mail.withdraw(news, tx.now)
        else:
            mail.facts = brought_up_to_date(mail, tx.now, roles.get(mail.about_id))
            left.append(mail)
    return left


def doubted(tx: Transaction, mails: Collection[Mail]) -> dict[UUID, UUID]:
    """By mail the account of a recipient who, by what is known here, is not to get it any more."""
    addressed = {
        mail.id: (mail.firm_id, mail.recipient)
        for mail in mails
        if mail.firm_id and mail.kind in audience.AUDIENCES
    }
    known = storage.list_namesakes(tx.session, set(addressed.values()))
    doubts = {}
    for mail in mails:
        namesakes = known.get(addressed[mail.id], []) if mail.id in addressed else []
        if audience.doubted(mail, namesakes):
            doubts[mail.id] = namesakes[-1]["account_id"]
    return doubts


def no_longer_for(mail: Mail, account_id: UUID, groups: Any) -> str | None:
    """Why the mail is not for that account any more, None if it is: what is known here may lag.

    Raises what asking groups raises, but for an account that is in no firm.
    """
    try:
        found = groups.get_membership(account_id=str(account_id))
    except NotFound:
        return audience.LEFT
    if found["firm_id"] != str(mail.firm_id):
        return audience.LEFT
    return None if audience.is_for(mail, found) else audience.NOT_IN_CHARGE


def owe_instead(tx: Transaction, mail: Mail) -> None:
    """Those in charge now get the mail that somebody who is not any more would have got."""
    if mail.firm_id:
        managers = storage.list_managers(tx.session, mail.firm_id, MANAGERS)
        owe(tx, *audience.instead(mail, managers))
