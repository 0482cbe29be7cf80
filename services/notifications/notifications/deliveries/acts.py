"""A delivery's transactions: mails are claimed if still true, and what came of them is kept."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.transactions import Transaction
from notifications.deliveries import audience
from notifications.deliveries.timeliness import brought_up_to_date, is_over
from notifications.mails import storage as queue
from notifications.mails.acts import queue_mail
from notifications.mails.letter import Kind
from notifications.mails.mail import Mail, Outcome, State
from notifications.members import storage as members
from notifications.members.roles import MANAGERS

Claimed = tuple[Mail, UUID | None]  # with the account of a recipient who may have left


def record(tx: Any, ended: Sequence[tuple[Mail, Outcome]]) -> None:
    """Keep what the attempts came to, and say what is final."""
    outcomes = {mail.id: (outcome, mail.attempts) for mail, outcome in ended}
    if outcomes:
        for mail in queue.lock_mails(tx.session, list(outcomes)):
            outcome, attempt = outcomes[mail.id]
            tx.emit(mail.record(outcome, attempt, tx.now))
            if mail.state is State.CANCELLED and outcome.reason in audience.NO_LONGER:
                owe_instead(tx, mail)


def claim(tx: Any, limit: int, lease: timedelta) -> list[Claimed]:
    """Claim up to ``limit`` due mails, each leased to this attempt; copies that outlive ``tx``.

    What has been overtaken meanwhile is dropped on the way.
    """
    claimed: list[Mail] = []
    while len(claimed) < limit:
        wanted = limit - len(claimed)
        due = queue.lock_due_mails(tx.session, tx.now, wanted)
        for mail in still_true(tx, due):
            mail.claim(tx.now, lease)
            claimed.append(mail)
        tx.session.flush()  # so that none of these is due any more
        if len(due) < wanted:
            break
    doubts = doubted(tx, claimed)
    return [(replace(mail), doubts.get(mail.id)) for mail in claimed]


def still_true(tx: Transaction, due: Sequence[Mail]) -> list[Mail]:
    """Return those of the due mails that nothing has overtaken; the others are dropped."""
    overtaken = queue.find_overtaken(tx.session, due)
    welcomed = [mail.about_id for mail in due if mail.kind is Kind.WELCOME]
    roles = members.list_roles(tx.session, welcomed)
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
    """Return by mail the account of a recipient who, as known here, is not to get it any more."""
    addressed = {
        mail.id: (mail.firm_id, mail.recipient)
        for mail in mails
        if mail.firm_id and mail.kind in audience.AUDIENCES
    }
    known = members.list_namesakes(tx.session, set(addressed.values()))
    doubts = {}
    for mail in mails:
        namesakes = known.get(addressed[mail.id], []) if mail.id in addressed else []
        if audience.doubted(mail, namesakes):
            doubts[mail.id] = namesakes[-1]["account_id"]
    return doubts


def owe_instead(tx: Transaction, mail: Mail) -> None:
    """Owe those in charge now the mail that somebody who is not any more would have got."""
    if mail.firm_id:
        managers = members.list_managers(tx.session, mail.firm_id, MANAGERS)
        queue_mail(tx, *audience.instead(mail, managers))
