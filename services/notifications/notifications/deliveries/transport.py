"""What sending needs for as long as the process lives: the transport, the sender, the address."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from nameko.extensions import DependencyProvider

from chassis.addresses import Unreachable
from chassis.config import ConfigurationError
from notifications.contents.links import Link
from notifications.contents.parts import Enclosure
from notifications.contents.rendering import brought_up_to_date, render
from notifications.contents.wire_form import Sender, compose
from notifications.deliveries.file_transport import FileTransport
from notifications.deliveries.smtp_transport import SmtpTransport
from notifications.mails.mail import Mail


class MailSender(DependencyProvider):
    """Declared as ``mailroom = MailSender()``; puts mails into words and hands them over."""

    transport: FileTransport | SmtpTransport

    def setup(self) -> None:
        """Read the settings. Raises ConfigurationError for what could never work."""
        configuration = self.container.config["chambers"]
        settings = configuration.service(self.container.service_name)
        self.public_url = str(configuration.get("public_url")).rstrip("/")
        self.parallel = max(1, int(settings["mail_parallel"]))
        self.lease = timedelta(seconds=float(settings["mail_lease"]))
        self.sender = checked_sender(settings)
        if settings["mail_transport"] == "smtp":
            self.transport = SmtpTransport(settings, self.sender.domain)
        else:
            self.transport = FileTransport(settings["mail_directory"])

    def stop(self) -> None:
        """Leave no connection open."""
        self.transport.rest()

    def get_dependency(self, worker_ctx: Any) -> "MailSender":
        """Return the same sender for every call."""
        return self

    def send(self, mail: Mail, link: Link, enclosure: Enclosure | None, now: datetime) -> None:
        """Render ``mail`` and hand it over. Raises Undelivered, Unreachable."""
        mail = brought_up_to_date(mail, link)
        content = render(mail, link, has_paper=enclosure is not None)
        self.transport.send(mail.id, compose(mail, content, self.sender, now, enclosure))


def try_mail_server(settings: Mapping[str, Any]) -> None:
    """Log in at the SMTP server and leave. Raises OSError or SMTPException, also for a refusal."""
    if settings["mail_transport"] == "smtp":
        SmtpTransport(settings, checked_sender(settings).domain).greet()


def checked_sender(settings: Mapping[str, Any]) -> Sender:
    """Return who mails are from. Raises ConfigurationError for whom no server would send."""
    try:
        sender = Sender.parse(settings["mail_from"])
    except Unreachable as error:
        raise ConfigurationError(f"notifications.mail_from: {error}") from error
    if settings["mail_transport"] == "smtp" and sender.domain.endswith(".invalid"):
        raise ConfigurationError("notifications.mail_from must be an address of yours to use smtp")
    return sender
