"""The mails of a trial on one machine, and nowhere else."""

from pathlib import Path

import pytest

from chassis.config import Configuration
from chassis.testing.world import World
from chassis.web import ServiceCall
from gateway.application import Gateway
from gateway.pages.mails import MailFolder, mail_folder
from gateway.safety import Hosts
from gateway.sessions import CookieSealer
from services.gateway.tests.reading import Reader
from tests.support.practice import PASSWORD, an_address

HOME = "http://localhost:8000"


def test_a_trial_shows_its_mails_and_their_links(world: World, call: ServiceCall) -> None:
    folder = Path(str(world.configuration.service("notifications")["mail_directory"]))
    gateway = Gateway(call, CookieSealer([b"of a test"]), Hosts(HOME), mails=MailFolder(folder))
    reader, email = Reader(gateway, HOME, address="127.0.0.1"), an_address()
    reader.open("/sign-up?kind=client")
    page = reader.send("Sign up", name="Nora", email=email, password=PASSWORD)
    assert page.link("all mails") == "/dev/mail"
    world.mail(email)

    page = reader.follow("all mails")
    page = reader.open(next(to for said, to in page.links if to.startswith("/dev/mail/")))

    assert email in page.text
    link = next(to for said, to in page.links if "/verify-email?token=" in to)
    path = link[link.index("/verify-email") :]
    assert reader.open(path).heading == "Confirm your address"
    assert reader.open("/dev/mail/nothing").status == 404
    assert reader.open("/dev/mail/..%2F..%2Fidentity").status == 404
    assert Reader(gateway, HOME, address="192.0.2.7").open("/dev/mail").status == 404


def test_an_installation_that_others_use_has_no_such_page(reader: Reader) -> None:
    assert reader.open("/dev/mail").status == 404
    reader.open("/sign-up/sent")
    assert "/dev/mail" not in [to for _, to in reader.page.links]


def test_mails_are_shown_where_they_are_files_on_the_machine_of_a_trial() -> None:
    found = mail_folder(Configuration({}, {"CHAMBERS_DATA_DIR": "here"}))

    assert found == Path("here/mail").resolve() or found == Path("here/mail")


@pytest.mark.parametrize(
    "settings",
    [
        {"CHAMBERS_BUS_URL": "amqp://guest:guest@localhost/"},
        {"CHAMBERS_PUBLIC_URL": "https://chambers.example"},
        {"CHAMBERS_NOTIFICATIONS_MAIL_TRANSPORT": "smtp"},
    ],
)
def test_no_mails_are_shown_where_others_could_read_them(settings: dict[str, str]) -> None:
    assert mail_folder(Configuration({}, settings)) is None
