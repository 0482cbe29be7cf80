"""Every page in German: nothing of ours is left in English."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest

from chassis.testing.world import World, eventually
from gateway.pages.table import PAGES
from services.gateway.tests import texts
from services.gateway.tests.clients.sharing import a_client, connect, write
from services.gateway.tests.reading import Page, Reader
from tests.support.practice import (
    Firm,
    Person,
    a_client_account,
    a_firm,
    a_member,
    an_address,
    invite,
    works_in,
)

ENGLISH = re.compile(r"\b(the|and|of|is|are|not|you|your|with|to|from|this|has|one|no)\b", re.I)
SAID = re.compile(r">([^<>]+)<|(?:aria-label|placeholder)=\"([^\"]+)\"")
UNREAD = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)
NOBODY = "018f0000-0000-7000-8000-000000000000"
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
# Mails as they were written, files, and what answers as long as it is heard.
OTHERS = re.compile(r"/(dev/mail|live|static|api|pdf)/")
LANGUAGES = {"English"}
ENTRIES: dict[str, dict[str, Any]] = {
    "messages": {"title": "Ferien", "text": "Passt die zweite Woche?"},
    "expenses": {"title": "Schuhe", "amount": 4_950, "currency": "EUR", "day": "2027-03-01"},
}


@dataclass
class Practice:
    """A firm that has had one of nearly everything; what people write is German."""

    admin: Person
    bookkeeper: Person
    parent: Person


@pytest.fixture(scope="module")
def practice(session_world: World) -> Practice:
    """One firm for all tests, which only look."""
    world = session_world
    firm: Firm = a_firm(world, licenses=3)
    ana = firm.founder
    eventually(lambda: works_in(world, ana) == firm.firm_id)
    lea = a_client(world, ana, "Lea Klein", tags=["Sorgerecht"])
    a_client(world, ana, "Max Groß", status="prospect")
    parent = a_client_account(world, "Petra Klein")
    connect(world, ana, lea, parent)
    for section, content in ENTRIES.items():
        write(world, ana, lea, section, content=content)
    bea = a_member(world, firm, "billing_only")
    ben = a_member(world, firm)
    members = ana.call(world, "groups.list_members")["items"]
    taker = next(one["member_id"] for one in members if one["email"] == ben.email)
    ana.call(world, "clients.reassign_client", client_id=lea, member_id=taker)
    invite(world, ana, an_address(), "practitioner")
    return Practice(ana, bea, parent)


@pytest.fixture(scope="module")
def english() -> set[str]:
    """What the sources say and German says otherwise, as far as nothing is to be filled in."""
    told: dict[str, str] = {}
    for message in texts.kept("de"):
        if isinstance(message.id, str) and isinstance(message.string, str):
            told[message.id] = message.string
    found = {said for said, german in told.items() if said and said != german}
    assert len(found) > 500
    return found - set(told.values())


@pytest.mark.parametrize(
    ("who", "kind", "least"),
    [("admin", "professional", 70), ("bookkeeper", "professional", 50), ("parent", "client", 15)],
)
def test_whoever_reads_german_finds_no_english_on_any_page(
    practice: Practice,
    reading_as: Callable[[Person], Reader],
    english: set[str],
    who: str,
    kind: str,
    least: int,
) -> None:
    reader = reading_as(getattr(practice, who))
    reader.language = "de"

    seen = {path: left_in(page, english) for path, page in walked(reader, kind)}

    assert len(seen) > least
    assert {path: left for path, left in seen.items() if left} == {}


def test_whoever_has_no_account_finds_no_english_on_any_page(
    reader: Reader, english: set[str]
) -> None:
    reader.language = "de"

    seen = {path: left_in(page, english) for path, page in walked(reader, None)}

    assert {"/log-in", "/sign-up", "/forgot-password"} <= set(seen)
    assert {path: left for path, left in seen.items() if left} == {}


def test_who_changes_the_language_stays_on_the_page_and_is_refused_in_it(reader: Reader) -> None:
    reader.open("/sign-up?kind=client")

    page = reader.send("Change", language="de")
    assert (page.path, page.heading) == ("/sign-up?kind=client", "Als Klient registrieren")

    page = reader.send("Registrieren", name="Petra", email="kein Postfach", password="kurz")
    assert page.alert == "Bitte prüfen Sie, was unten markiert ist."
    assert page.errors["email"] == "Das ist keine E-Mail-Adresse."
    page = reader.send("Registrieren", email=an_address(), password="kurz")
    assert page.errors["password"] == "Verwenden Sie mindestens 12 Zeichen."


def walked(reader: Reader, kind: str | None) -> Iterator[tuple[str, Page]]:
    """Every page of the table that is for them, and two of each kind that links lead to."""
    own = (one.path for one in PAGES if one.verb == "GET" and one.admits(kind))
    waiting = ["/", *(re.sub(r"<[^>]+>", NOBODY, path) for path in own)]
    alike: Counter[str] = Counter()
    while waiting:
        path = waiting.pop(0)
        alike[ID.sub("*", urlsplit(path).path)] += NOBODY not in path
        if alike[ID.sub("*", urlsplit(path).path)] > 2 or OTHERS.search(f"{path}/"):
            continue
        page = reader.open(path)
        yield path, page
        waiting += {to for _, to in page.links if to.startswith("/")} - alike.keys()


def left_in(page: Page, english: set[str]) -> set[str]:
    """What stands in the page in English."""
    assert 'lang="de"' in page.response.get_data(as_text=True)
    read = UNREAD.sub("", page.response.get_data(as_text=True))
    said = {" ".join(unescape(a or b).split()) for a, b in SAID.findall(read)} - LANGUAGES
    return {one for one in said if one in english or ENGLISH.search(one)}
