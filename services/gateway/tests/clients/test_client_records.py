"""Clients' records in the browser: added, found, changed, and who may see them."""

from collections.abc import Callable

import pytest

from services.gateway.tests.clients.sharing import a_client
from services.gateway.tests.reading import Reader
from tests.support.practice import Person, a_client_account, a_firm, a_member

ReadingAs = Callable[[Person], Reader]


@pytest.mark.proves("S5-56", "S5-07")
def test_a_client_is_added_found_and_changed(world, reading_as: ReadingAs) -> None:
    founder = a_firm(world).founder
    reader = reading_as(founder)
    assert "You have no clients yet" in reader.page.text

    reader.follow("Add your first client")
    page = reader.send("Add client", phones="030 123456\nnone", family_name="")
    assert page.status == 422
    assert "Line 2: " in page.errors["phones"]
    page = reader.send("Add client", phones="")
    assert "name" in page.errors["given_name"]
    page = reader.send(
        "Add client",
        given_name="Mia",
        family_name="Weiß",
        emails="mia@home.example\nweiss@home.example",
        tags="Custody, Mediation",
        status="active",
        additional_information="Calls on Mondays.",
    )

    assert (page.heading, page.notice) == ("Mia Weiß", "Mia Weiß is among your clients now.")
    for told in ("Active", "weiss@home.example", "Mediation", "Calls on Mondays.", "you"):
        assert told in page.text
    assert "Mia Weiß" in reader.open("/clients?search=weiss&view=mine").text
    assert "No client fits" in reader.open("/clients?search=nobody+at+all").text
    reader.open("/clients?search=weiss")
    reader.follow("Mia Weiß")
    reader.follow("Edit")
    page = reader.send("Save", status="inactive", emails="mia@home.example", tags="")
    assert page.notice == "Mia Weiß is saved."
    assert "Inactive" in page.text
    assert "weiss@home.example" not in page.text


def test_two_who_change_a_client_at_once_see_each_others_words(
    world, reading_as: ReadingAs
) -> None:
    founder = a_firm(world).founder
    client_id = a_client(world, founder, additional_information="As it was")
    reader = reading_as(founder)
    reader.open(f"/clients/{client_id}/edit")
    founder.call(
        world, "clients.update_client", client_id=client_id, additional_information="Theirs"
    )

    page = reader.send("Save", additional_information="Mine")

    assert page.status == 409
    assert "Somebody else has changed this client" in page.alert
    assert "Notes for staff Theirs" in page.text
    assert "Mine" in page.form("Save").fields["additional_information"]
    page = reader.send("Save")
    assert "Mine" in page.text
    assert page.path == f"/clients/{client_id}"


def test_it_is_told_who_may_see_a_client_and_why(world, reading_as: ReadingAs) -> None:
    firm = a_firm(world, licenses=1)
    owner = a_member(world, firm)
    client_id = a_client(world, owner)

    page = reading_as(firm.founder).open(f"/clients/{client_id}/access")

    assert page.heading == "Lea Klein"
    assert page.text.count("sees them") == 2
    assert page.text.count("The client is assigned to them.") == 1


def test_pages_about_a_client_are_for_those_who_may_see_it(
    world, reading_as: ReadingAs, reader: Reader
) -> None:
    firm = a_firm(world)
    client_id = a_client(world, firm.founder)
    paths = ("", "/edit", "/access", "/shared", "/changes", "/handovers", "/connect")
    stranger = reading_as(a_firm(world).founder)
    client = reading_as(a_client_account(world))

    for path in paths:
        assert stranger.open(f"/clients/{client_id}{path}").status == 404, path
        assert client.open(f"/clients/{client_id}{path}").status == 403, path
        assert reader.open(f"/clients/{client_id}{path}").path.startswith("/log-in"), path
    for path in ("/clients", "/clients/new", "/clients/reassign", "/bell"):
        assert client.open(path).status == 403, path


@pytest.mark.proves("S1-63")
def test_a_billing_only_member_is_shown_no_client(world, reading_as: ReadingAs) -> None:
    firm = a_firm(world)
    client_id = a_client(world, firm.founder)
    reader = reading_as(a_member(world, firm, "billing_only"))

    for path in ("/clients", "/bell", f"/clients/{client_id}", f"/clients/{client_id}/shared"):
        assert "Lea Klein" not in reader.open(path).text, path


def test_a_practitioner_reads_and_is_offered_nothing_that_is_not_theirs(
    world, reading_as: ReadingAs
) -> None:
    firm = a_firm(world, licenses=1)
    practitioner = a_member(world, firm, "practitioner")
    reader = reading_as(practitioner)
    assert "An admin assigns clients." in reader.page.text
    client_id = a_client(world, firm.founder, additional_information="Between us")
    members = firm.founder.call(world, "groups.list_members")["items"]
    (theirs,) = (one["member_id"] for one in members if one["role"] == "practitioner")
    firm.founder.call(world, "clients.reassign_client", client_id=client_id, member_id=theirs)

    page = reader.open(f"/clients/{client_id}")

    assert page.heading == "Lea Klein"
    assert "Between us" not in page.text
    for part in ("/edit", "/connect", "/disconnect"):
        assert reader.open(f"/clients/{client_id}{part}").status == 403, part
    offered = {text for text, _ in page.links} & {"Edit", "Reassign", "Ask to connect", "Handovers"}
    assert not offered
