"""What a firm and a client share, in the browser: written, changed, deleted, with its history."""

from collections.abc import Callable

import pytest

from clients.connections.events import Side
from clients.entries.events import Action, Section
from clients.entries.sections import SHAPES
from clients.handovers.events import HandoverKind
from clients.records.access import Reason
from clients.records.events import Connection, Status
from gateway.pages import client_words, entry_words
from services.gateway.tests.clients.sharing import CONTENT, a_client, connect, write
from services.gateway.tests.reading import Reader
from tests.support.practice import Person, a_client_account, a_firm

ReadingAs = Callable[[Person], Reader]


def test_every_code_of_clients_has_words() -> None:
    for codes, words in (
        (Section, entry_words.SECTIONS),
        (Action, entry_words.ACTIONS),
        (Side, entry_words.SIDES),
        (Side, client_words.ENDERS),
        (Status, client_words.STATUSES),
        (Connection, client_words.CONNECTIONS),
        (Reason, client_words.REASONS),
        (Reason, client_words.REASONS_TO_CLIENT),
        (HandoverKind, client_words.HANDOVERS),
    ):
        assert {code.value for code in codes} <= words.keys()
    assert {
        section.value: (shape.needed, shape.possible) for section, shape in SHAPES.items()
    } == entry_words.SHAPES


def test_entries_of_every_section_are_written_and_shown(world, reading_as: ReadingAs) -> None:
    founder = a_firm(world).founder
    client_id = a_client(world, founder)
    reader = reading_as(founder)
    page = reader.open(f"/clients/{client_id}/shared")
    assert "Nothing here yet" in page.text
    assert "only your firm sees" in page.text

    for section, content in CONTENT.items():
        reader.open(f"/clients/{client_id}/shared")
        reader.send("Add an entry", section=section)
        page = reader.send(
            "Save", **(content | ({"amount": "49.50"} if "amount" in content else {}))
        )
        assert page.notice == f"{content['title']} is saved.", page.text
    page = reader.open(f"/clients/{client_id}/shared")
    for told in ("School play", "€49.50", "5 Mar 2027, 17:00", "Mia"):
        assert told in page.text
    page = reader.open(f"/clients/{client_id}/shared?section=journal")
    assert "Handing over" in page.text
    assert "School play" not in page.text
    reader.send("Add to Journal")

    page = reader.send("Save", title="No day", text="", day="")
    assert page.status == 422
    assert page.errors.keys() == {"text", "day"}
    reader.open(f"/clients/{client_id}/shared/new?section=expenses")
    page = reader.send("Save", title="Shoes", amount="a lot", currency="EUR")
    assert page.errors["amount"] == "Not an amount: 12.50."
    assert page.form("Save").fields["amount"] == "a lot"
    reader.open(f"/clients/{client_id}/shared/new?section=calendar")
    twice = {"starts_at": "2027-03-28T02:30", "ends_at": "2027-03-28T04:00"}
    page = reader.send("Save", title="At night", time_zone="Europe/Berlin", **twice)
    assert "the clocks go forward" in page.errors["starts_at"]


def test_an_entry_is_changed_deleted_and_keeps_its_history(world, reading_as: ReadingAs) -> None:
    founder, parent = a_firm(world).founder, a_client_account(world)
    client_id = a_client(world, founder)
    connect(world, founder, client_id, parent)
    entry = write(world, parent, client_id, "expenses")
    of = {"entry_id": entry["entry_id"], "version": 1}
    reader = reading_as(founder)
    path = f"/clients/{client_id}/shared/{entry['entry_id']}"
    reader.open(path)

    page = reader.follow("Edit")
    assert page.form("Save").fields["amount"] == "49.50"
    write(world, parent, client_id, "expenses", content={"title": "Boots"}, **of)
    page = reader.send("Save", title="Shoes for Mia", amount="59")
    assert page.status == 409
    assert "Somebody else has changed this entry" in page.alert
    assert "Title Boots" in page.text
    assert page.form("Save").fields["title"] == "Shoes for Mia"
    page = reader.send("Save")

    assert (page.heading, page.path) == ("Shoes for Mia", path)
    assert "Amount €49.50 €59.00" in page.text
    assert "Title Shoes Boots" in page.text
    assert "of the client's side" in page.text
    reader.follow("Delete")
    page = reader.send("Delete")
    assert page.notice == "Shoes for Mia is deleted."
    assert "Nothing here yet" in page.text
    page = reader.open(path)
    assert "This entry was deleted. Its history stays." in page.text
    page = reader.open(f"{path}/edit")
    page = reader.send("Save", title="Once more")
    assert page.status == 409
    assert "deleted meanwhile" in page.alert


@pytest.mark.parametrize("path", ["shared/new?section=nothing", "shared/new"])
def test_an_unknown_section_is_no_page(world, reading_as: ReadingAs, path: str) -> None:
    founder = a_firm(world).founder
    client_id = a_client(world, founder)

    assert reading_as(founder).open(f"/clients/{client_id}/{path}").status == 404
