"""The job that delivers mails."""

from typing import Any

from chassis.database import BoundDatabase
from chassis.messages import job
from notifications.deliveries.before import Delivery

PAUSE_SECONDS = 0.2  # mails that are owed soon after others leave with each other


class Deliveries:
    """Brings what is due on its way."""

    mailroom: Any

    @job(every=5, pause=PAUSE_SECONDS)
    def deliver_mail(self, db: BoundDatabase) -> None:
        """Deliver what is due, several mails side by side."""
        names = ("identity", "groups", "clients", "billing")
        remotes = {name: getattr(self, name) for name in names}
        Delivery(self.mailroom, remotes).run(db)
