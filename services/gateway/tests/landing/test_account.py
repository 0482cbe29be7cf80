"""One's own account: what is changed, and how it ends."""

from collections.abc import Callable

from chassis.testing.world import World, link_in
from services.gateway.tests.reading import Reader
from tests.support.practice import (
    PASSWORD,
    Person,
    a_client_account,
    a_firm,
    a_professional,
    an_address,
)

CHOSEN = "a password nobody guesses"
ReadingAs = Callable[[Person], Reader]


def test_name_and_phone_are_changed(world: World, reading_as: ReadingAs) -> None:
    reader = reading_as(a_professional(world))
    reader.open("/account")

    page = reader.send("Save", name="", phone="not a phone")
    assert page.errors["name"] == "Please fill this in."
    assert page.errors["phone"] == "This cannot be read. Please check it."
    page = reader.send("Save", name="Nora Neu", phone="+44 20 7946 0000")

    assert page.notice == "Your account is changed."
    assert page.form("Save").fields["phone"] == "+44 20 7946 0000"
    assert "Nora Neu" in reader.open("/account/logins").text


def test_another_address_is_confirmed_from_its_mailbox(world: World, reading_as: ReadingAs) -> None:
    person, new = a_professional(world), an_address()
    reader = reading_as(person)
    reader.open("/account")
    reader.follow("Change my address")

    page = reader.send("Send the link", new_email=new, current_password="not the password")
    assert page.errors["current_password"] == "This is not the password."
    page = reader.send("Send the link", current_password=PASSWORD)
    assert new in page.notice
    token = link_in(world.mail(new, "/change-email"), "/change-email")
    page = reader.open(f"/change-email?token={token}")
    assert page.path == "/change-email"
    page = reader.send("Use the new address", password=PASSWORD)

    assert (page.path, page.notice) == ("/account", "Your account has its new address.")
    assert new in page.text


def test_another_password_ends_the_other_logins(world: World, reading_as: ReadingAs) -> None:
    person = a_professional(world)
    elsewhere, reader = reading_as(person), reading_as(person)
    page = reader.open("/account/logins")
    assert page.text.count("This browser") == 1
    assert "Another browser or device" in page.text

    page = reader.send("Change the password", current_password="wrong", new_password=CHOSEN)
    assert (page.status, page.errors["current_password"]) == (422, "This is not the password.")
    page = reader.send("Change the password", current_password=PASSWORD, new_password=CHOSEN)

    assert page.notice.startswith("You have a new password.")
    assert "Another browser or device" not in page.text
    assert elsewhere.open("/account").path.startswith("/log-in")


def test_a_client_begins_anew_as_a_professional(world: World, reading_as: ReadingAs) -> None:
    reader = reading_as(a_client_account(world))
    reader.open("/account/end")
    page = reader.follow("See what would end")
    assert page.heading == "Begin anew as a professional"

    page = reader.send("Begin anew", current_password=PASSWORD)
    assert page.errors["read"] == "Please tick this if you have read what ends."
    page = reader.send("Begin anew", read=["yes"], current_password=PASSWORD)

    assert (page.path, page.notice) == ("/clients", "You begin anew.")


def test_an_account_is_closed_after_saying_what_ends(world: World, reading_as: ReadingAs) -> None:
    founder = a_firm(world).founder
    reader = reading_as(founder)
    reader.open("/account/end")
    page = reader.follow("Close my account")
    assert "ends." in page.text

    page = reader.send("Close my account for good", read=["yes"], current_password="wrong")
    assert page.errors["current_password"] == "This is not the password."
    page = reader.send("Close my account for good", current_password=PASSWORD)

    assert (page.path, page.notice) == ("/log-in", "Your account is closed.")
    assert reader.log_in(founder.email).alert == "Address or password is wrong."


def test_pages_of_an_account_ask_to_log_in(reader: Reader) -> None:
    for path in ("/account", "/account/email", "/account/logins", "/account/kind"):
        assert reader.open(path).path.startswith("/log-in?next=")


def test_the_language_is_chosen_on_every_page(reader: Reader) -> None:
    reader.open("/sign-up?kind=client")

    page = reader.send("Change", language="de")

    assert page.path == "/sign-up?kind=client"
    assert 'lang="de"' in page.response.get_data(as_text=True)
    reader.send("Ändern", language="xx", next="https://elsewhere.example/")
    assert reader.page.path == "/log-in"
    assert '<html lang="de"' in reader.page.response.get_data(as_text=True)
