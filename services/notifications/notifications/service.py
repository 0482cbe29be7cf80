"""The rooms of notifications, the highest first, and what it owns: the file to open first."""

from chassis.config import Settings
from chassis.database import Database
from chassis.missing import answers_for_events
from chassis.remote import Remote
from notifications import settings, tables
from notifications.bells.messages import Bells
from notifications.deliveries.messages import Deliveries
from notifications.deliveries.transport import MailSender, try_mail_server
from notifications.letters.account_messages import AccountLetters
from notifications.letters.firm_messages import FirmLetters
from notifications.letters.paper_messages import PaperLetters
from notifications.mails.messages import Mails
from notifications.members import storage as members
from notifications.members.messages import Members

PRINTING_SECONDS = 30.0  # a statement of thousands of lines takes its time, far below the lease


@answers_for_events
class NotificationsService(
    AccountLetters,
    FirmLetters,
    PaperLetters,
    Bells,
    Deliveries,
    Mails,
    Members,
):
    """Owns mails, their delivery state and the bell. README.md has the map."""

    name = "notifications"

    db = Database(tables.metadata, firm_of=members.firm_of)
    settings = Settings(*settings.KEYS, tries=try_mail_server)
    mailroom = MailSender()
    identity = Remote("identity")
    groups = Remote("groups")
    clients = Remote("clients")
    billing = Remote("billing", timeout=PRINTING_SECONDS)
