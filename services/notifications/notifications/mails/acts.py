"""Mails written down as owed, and those dropped that news have overtaken."""

from uuid import UUID

from chassis.transactions import Transaction
from notifications.mails import storage
from notifications.mails.letter import Letter
from notifications.mails.mail import Mail
from notifications.mails.overtaking import EVERY, Cause, Overtaking


def queue_mail(tx: Transaction, *owed: Letter | None) -> None:
    """Write the mails down and let them go out; one that is owed already stays as it is."""
    for letter in owed:
        if letter is not None:
            storage.add_mail(tx.session, Mail.owed(tx.new_id(), letter, tx.now))
            tx.wake("deliver_mail")


def overtake(tx: Transaction, news: Cause, subject_id: UUID, through: int = EVERY) -> None:
    """Drop what waits and is true no more, and remember it for what is owed later."""
    overtaking = Overtaking(news, subject_id, through)
    storage.add_overtaking(tx.session, overtaking, tx.now)
    withdraw(tx, overtaking)


def withdraw(tx: Transaction, overtaking: Overtaking) -> None:
    """Drop what waits and is true no more, for once."""
    for mail in storage.lock_overtaken(tx.session, overtaking):
        mail.withdraw(overtaking.cause, tx.now)
