from uuid import uuid4

import pytest

from notifications.contents.wire_form import EncodedMail
from notifications.deliveries.errors import Undelivered
from notifications.deliveries.file_transport import FileTransport
from notifications.mails.mail import State


def a_parcel(text="Guten Tag, Zoë"):
    return EncodedMail("no-reply@chambers.example", "zoe@example.org", text.encode())


def test_a_mail_becomes_one_file_named_by_its_id(tmp_path):
    mail_id = uuid4()

    FileTransport(tmp_path / "mail").send(mail_id, a_parcel())

    (path,) = (tmp_path / "mail").iterdir()
    assert path.name == f"{mail_id}.eml"
    assert path.read_text() == "Guten Tag, Zoë"


def test_a_mail_sent_twice_stays_the_first_one_and_leaves_no_draft(tmp_path):
    transport, mail_id = FileTransport(tmp_path), uuid4()

    transport.send(mail_id, a_parcel("first"))
    transport.send(mail_id, a_parcel("second"))

    (path,) = tmp_path.iterdir()
    assert b"first" in path.read_bytes()


def test_only_the_services_own_account_can_read_the_mails(tmp_path):
    directory, mail_id = tmp_path / "mail", uuid4()

    FileTransport(directory).send(mail_id, a_parcel())

    assert directory.stat().st_mode & 0o777 == 0o700
    assert (directory / f"{mail_id}.eml").stat().st_mode & 0o777 == 0o600


def test_a_directory_that_cannot_be_written_is_a_fault_that_may_pass(tmp_path):
    (tmp_path / "mail").write_text("a file where the directory should be")

    with pytest.raises(Undelivered) as refused:
        FileTransport(tmp_path / "mail").send(uuid4(), a_parcel())

    assert refused.value.outcome.state is State.TECHNICAL_FAILURE
    assert refused.value.outcome.reason == "mail_directory"
