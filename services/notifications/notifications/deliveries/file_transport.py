"""Mails as files: one ``<mail id>.eml`` each, for the demo, for tests and for a look."""

import os
from pathlib import Path
from uuid import UUID

from notifications.contents.wire_form import EncodedMail
from notifications.deliveries.errors import Undelivered
from notifications.mails.mail import Outcome, State


class FileTransport:
    """Puts each mail into ``directory``, exactly once however often it is tried.

    The files hold live links, so nobody but the service's own system user can read them.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def send(self, mail_id: UUID, parcel: EncodedMail) -> None:
        """Write the mail, unless an earlier attempt has. Raises Undelivered when that fails."""
        draft = self.directory / f".{mail_id}.{os.getpid()}.part"
        try:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(draft, parcel.content)
            self._publish(draft, self.directory / f"{mail_id}.eml")
        except OSError as error:
            raise Undelivered(
                Outcome(State.TECHNICAL_FAILURE, "mail_directory", str(error.strerror))
            ) from error

    def rest(self) -> None:
        """Do nothing: nothing is held open between mails."""

    def _publish(self, draft: Path, mail: Path) -> None:
        try:
            os.link(draft, mail)  # atomic, and refused where the mail is already
        except FileExistsError:
            pass
        finally:
            draft.unlink()


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
