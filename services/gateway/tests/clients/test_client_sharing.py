"""Connecting with a client in the browser, and seeing what they change."""

from collections.abc import Callable

import pytest

from chassis.testing.world import eventually
from services.gateway.tests.clients.sharing import a_client, accept, connect, write
from services.gateway.tests.reading import Reader
from tests.support.practice import Person, a_client_account, a_firm, a_member

ReadingAs = Callable[[Person], Reader]


@pytest.mark.proves("S1-75", "S1-76", "S1-77", "S4-22", "S4-31", "S4-32")
def test_a_client_is_asked_connected_and_let_go(world, reading_as: ReadingAs) -> None:
    founder, parent = a_firm(world).founder, a_client_account(world, "Paula Klein")
    client_id = a_client(world, founder)
    a_client(world, founder, "Noah Brandt")
    reader = reading_as(founder)

    reader.open(f"/clients/{client_id}")
    reader.follow("Ask to connect")
    page = reader.send("Send the request", email="nowhere", message="Dear Paula")
    assert page.status == 422
    assert page.errors["email"]
    page = reader.send("Send the request", email=parent.email)
    assert parent.email in page.notice
    assert "asked, not connected yet" in page.text
    page = reader.send("Take the request back")
    assert page.notice == "The request is taken back."
    reader.follow("Ask to connect")
    reader.send("Send the request", email=parent.email)
    assert "asked, not connected yet" in reader.open("/clients").text
    accept(world, parent)

    page = reader.open("/clients")
    assert "Lea Klein shared" in page.text
    assert page.text.count("shared") == 1
    page = reader.open(f"/clients/{client_id}")
    assert "Paula Klein has shared with your firm since" in page.text
    page = reader.follow("End the connection")
    assert "Paula Klein keeps the same, to read" in page.text
    page = reader.send("End the connection")
    assert page.notice == "The connection is ended."
    assert "by your firm" in page.text
    page = reader.open(f"/clients/{client_id}/disconnect")
    page = reader.send("End the connection")
    assert page.status == 409
    assert "no connection any more" in page.alert


@pytest.mark.proves("S1-78", "S1-79", "S1-80", "S1-81", "S1-82", "S1-83", "S1-84", "S1-85")
def test_what_a_client_changes_is_marked_until_it_is_looked_at(
    world, reading_as: ReadingAs
) -> None:
    firm, parent = a_firm(world, licenses=1), a_client_account(world)
    founder, colleague = firm.founder, a_member(world, firm)
    client_id = a_client(world, founder)
    connect(world, founder, client_id, parent)
    reader, other = reading_as(founder), reading_as(colleague)
    assert "No changes yet" in reader.open("/bell").text
    write(world, founder, client_id, "journal")
    assert "updated" not in reader.open("/clients").text

    for number, section in enumerate(("calendar", "activities", "messages", "expenses"), 1):
        write(world, parent, client_id, section)
        told = f"updated : {number} change"
        eventually(lambda told=told: told in reader.open("/clients").text)
    assert "updated" not in other.open("/clients").text

    page = reader.follow("updated : 4 changes")
    assert page.text.count("new ") >= 4
    for told in ("School play", "Added by", "Amount €49.50", "5 Mar 2027, 17:00"):
        assert told in page.text
    assert "Lea Klein" in reader.open("/bell").text
    reader.open(f"/clients/{client_id}/changes")
    page = reader.send("Mark as seen")
    assert page.notice == "Marked as seen."
    assert "Mark as seen" not in [text for form in page.forms for text, _, _ in form.buttons]
    assert "updated" not in reader.open("/clients").text
