"""The job that delivers mails."""

from typing import Any

from chassis.database import BoundDatabase
from chassis.messages import job
from notifications.deliveries.before import Delivery


class Deliveries:
    """Brings what is due on its way."""

    mailroom: Any

    @job(every=5)
    def deliver_mail(self, db: BoundDatabase) -> None:
        """Deliver what is due, several mails side by side."""
        names = ("identity", "groups", "clients", "billing")
        remotes = {name: getattr(self, name) for name in names}
        Delivery(self.mailroom, remotes).run(db)
