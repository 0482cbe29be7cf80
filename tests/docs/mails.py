"""Mails as the embedded default leaves them: a file each."""

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path


def mail_to(folder: Path, address: str) -> EmailMessage | None:
    """The newest mail to that address; None while there is none."""
    for file in sorted(folder.glob("*.eml"), reverse=True):
        mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        if str(mail["To"]).endswith(address) or address in str(mail["To"]):
            return mail
    return None
