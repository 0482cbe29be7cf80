"""Mails written down as owed, and those that still wait taken back."""

from uuid import UUID

from chassis.transactions import Transaction
from notifications import storage
from notifications.domain.letters import Kind, Letter
from notifications.domain.mail import Mail


def owe(tx: Transaction, *owed: Letter | None) -> None:
    """Write the mails down and let them go out; one that is owed already stays as it is."""
    for letter in owed:
        if letter is not None:
            storage.add_mail(tx.session, Mail.owed(tx.new_id(), letter, tx.now))
            tx.wake("deliver_mail")


def withdraw(tx: Transaction, about_id: UUID, reason: str, *kinds: Kind) -> None:
    """Drop the mails of these kinds about that thing which still wait."""
    for kind in kinds:
        for mail in storage.lock_waiting_mails_about(tx.session, kind, about_id):
            mail.withdraw(reason, tx.now)
