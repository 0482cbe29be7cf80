"""Why a mail was not taken.

A transport's ``send(mail_id, parcel)`` returns when the mail was taken, and raises Undelivered
with the outcome otherwise. ``rest()`` gives back what a run of sending held open.
"""

import smtplib

from notifications.mails.mail import Outcome


class Undelivered(Exception):
    """The mail was not taken; ``outcome`` says whether trying again makes sense, and why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(f"{outcome.reason}: {outcome.detail}")
        self.outcome = outcome


class AnswerUnreadable(smtplib.SMTPServerDisconnected):
    """No three digits, too long, or cut off; the connection is closed."""
