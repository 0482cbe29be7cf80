"""The ways a mail leaves: into a directory, or to an SMTP server.

A transport's ``send(mail_id, parcel)`` returns when the mail was taken, and raises Undelivered
with the outcome otherwise. ``rest()`` gives back what a run of sending held open.
"""

from notifications.domain.mail import Outcome


class Undelivered(Exception):
    """The mail was not taken; ``outcome`` says whether trying again makes sense, and why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(f"{outcome.reason}: {outcome.detail}")
        self.outcome = outcome
