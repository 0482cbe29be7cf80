"""From signing up to the first page, by the links in the mails."""

from chassis.testing.world import World, link_in
from services.gateway.tests.reading import Page, Reader
from tests.support.practice import PASSWORD, a_professional, an_address

CHOSEN = "a password nobody guesses"


def opened(reader: Reader, world: World, address: str, path: str) -> Page:
    """The page that the newest mail's link leads to."""
    return reader.open(f"{path}?token={link_in(world.mail(address, path), path)}")


def signed_up(reader: Reader, kind: str = "professional", email: str = "") -> str:
    email = email or an_address()
    reader.open(f"/sign-up?kind={kind}")
    page = reader.send("Sign up", name="Nora Neu", email=email, password=PASSWORD)
    assert page.path == "/sign-up/sent"
    return email


def test_somebody_signs_up_confirms_by_the_mail_and_is_in(world: World, reader: Reader) -> None:
    reader.open("/log-in")
    page = reader.follow("Sign up")
    assert page.heading == "Open an account"
    page = reader.open("/sign-up?kind=professional")
    page = reader.send("Sign up", name="Nora Neu", email="nonsense", password="short")
    assert (page.status, page.errors["email"]) == (422, "This is not an e-mail address.")
    assert page.form("Sign up").fields["name"] == "Nora Neu"
    email = an_address()
    page = reader.send("Sign up", email=email, password="short")
    assert page.errors["password"] == "Use at least 12 characters."
    page = reader.send("Sign up", password=PASSWORD)
    assert email in page.text

    page = opened(reader, world, email, "/verify-email")

    assert (page.path, page.heading) == ("/verify-email", "Confirm your address")
    page = reader.send("Confirm my address", password="not that one at all")
    assert (page.status, page.errors["password"]) == (422, "This is not the password.")
    page = reader.send("Confirm my address", password=PASSWORD)
    assert (page.path, page.notice) == ("/clients", "Your address is confirmed.")
    assert "Nora Neu" in page.text


def test_signing_up_does_not_tell_whether_the_address_is_known(
    world: World, reader: Reader
) -> None:
    known = a_professional(world)

    signed_up(reader, email=known.email)
    of_known = reader.page.text.replace(known.email, "ADDRESS")
    signed_up(reader, email=(fresh := an_address()))

    assert reader.page.text.replace(fresh, "ADDRESS") == of_known


def test_a_link_works_once_and_then_says_what_to_do(world: World, reader: Reader) -> None:
    email = signed_up(reader, "client")
    opened(reader, world, email, "/verify-email")
    token = link_in(world.mail(email, "/verify-email"), "/verify-email")
    reader.send("Confirm my address", password=PASSWORD)

    reader.open(f"/verify-email?token={token}")
    page = reader.send("Confirm my address", password=PASSWORD)

    assert page.alert == "This link has been used already."
    assert page.link("Log in") == "/log-in"


def test_who_has_not_confirmed_is_asked_first_and_can_have_the_link_sent_again(
    world: World, reader: Reader
) -> None:
    email = signed_up(reader)

    page = reader.log_in(email)

    assert page.heading.strip() == "Confirm your address first"
    page = reader.send("Send the link again")
    assert page.notice == "The link is on its way once more."
    assert reader.follow("Go on without").path == "/clients"
    opened(reader, world, email, "/verify-email")
    assert reader.send("Confirm my address", password=PASSWORD).path == "/clients"
    assert reader.open("/verify-email").path == "/clients"


def test_who_reads_the_mailbox_begins_with_a_password_of_their_own(
    world: World, reader: Reader
) -> None:
    email = signed_up(reader)
    opened(reader, world, email, "/verify-email")
    reader.follow("Begin with a new one")

    page = reader.send("Confirm and begin", name="Olga Owner", new_password=CHOSEN)
    assert page.errors["kind"] == "Please choose one."
    page = reader.send("Confirm and begin", kind="client", new_password=CHOSEN)

    assert page.path == "/portal"
    assert reader.open("/account").form("Save").fields["name"] == "Olga Owner"


def test_a_forgotten_password_is_set_anew_by_the_mail(world: World, reader: Reader) -> None:
    person = a_professional(world)
    reader.open("/forgot-password")
    page = reader.send("Send me a link", email=person.email)
    assert person.email in page.text

    page = opened(reader, world, person.email, "/reset-password")

    assert page.path == "/reset-password"
    page = reader.send("Set the password", new_password="too short")
    assert page.errors["new_password"] == "Use at least 12 characters."
    page = reader.send("Set the password", new_password=CHOSEN)
    assert (page.path, page.notice) == ("/clients", "You have a new password.")
    assert Reader(reader.client.application, reader.home).log_in(person.email, CHOSEN).status == 200


def test_a_reset_of_an_address_that_nobody_confirmed_asks_whose_the_account_is(
    world: World, reader: Reader
) -> None:
    email = signed_up(reader)
    reader.open("/forgot-password")
    reader.send("Send me a link", email=email)
    opened(reader, world, email, "/reset-password")

    page = reader.send("Set the password", new_password=CHOSEN)

    assert page.alert == "Please say whose account this is."
    page = reader.send("Set the password", kind="client", name="Olga", new_password=CHOSEN)
    assert page.path == "/portal"


def test_pages_of_links_without_a_link_say_where_to_find_it(reader: Reader) -> None:
    for path in ("/verify-email", "/reset-password", "/change-email"):
        page = reader.open(path)
        assert page.status == 200
        assert "Open the link in the mail" in page.text
    assert reader.open("/verify-email/anew").link("Sign up") == "/sign-up"
    assert reader.open("/register").path == "/sign-up"


def test_a_link_leaves_the_address_at_once_and_opening_it_spends_nothing(
    world: World, reader: Reader
) -> None:
    email = signed_up(reader)
    token = link_in(world.mail(email, "/verify-email"), "/verify-email")
    address = f"/verify-email?token={token}"

    answer = reader.client.get(address, base_url=reader.home)

    assert (answer.status_code, answer.location) == (303, "/verify-email")
    assert token not in answer.get_data(as_text=True) + str(answer.headers)
    for _ in range(3):
        reader.open(address)
    assert reader.send("Confirm my address", password=PASSWORD).path == "/clients"


def test_too_many_attempts_are_told_with_the_time_to_wait(reader: Reader) -> None:
    email = an_address()
    for _ in range(8):
        page = reader.log_in(email, "nothing that fits")
        if page.status == 429:
            break

    assert page.alert.startswith("There were too many attempts. Please wait ")
    assert int(page.response.headers["Retry-After"]) >= 1
    assert "second" in page.alert
