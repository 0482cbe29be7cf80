"""Where mails lead: to the very thing they speak of, and to a message that exists."""

import json
import re
import shlex
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest

from chassis.contracts.reading import installed
from chassis.contracts.shapes import of_schema
from notifications.contents.links import SOURCES
from notifications.contents.pages import PAGES, page_of, target
from notifications.mails.letter import Kind
from services.notifications.tests.builders.each_kind import a_letter, a_mail
from services.notifications.tests.builders.samples import PUBLIC_URL

SERVICES = installed()
TOKEN = "t0k-en_/1'&"


def arguments(command):
    """The words of a command as a shell takes them."""
    return shlex.split(command.replace("\\\n", ""))


def test_every_kind_of_mail_leads_somewhere():
    assert set(PAGES) == set(Kind)


@pytest.mark.parametrize("kind", list(Kind))
def test_no_mail_leads_to_the_bare_address(kind):
    url = target(a_mail(a_letter(kind)), PUBLIC_URL, TOKEN).url

    assert url.startswith(f"{PUBLIC_URL}/")
    assert re.fullmatch(r"https://chambers\.example(/[a-z0-9-]+)+(\?[a-z]+=[\w%.~-]+)?", url)


@pytest.mark.parametrize("kind", list(SOURCES))
def test_a_token_stands_in_the_link_and_in_the_command_as_it_is(kind):
    there = target(a_mail(a_letter(kind)), PUBLIC_URL, TOKEN)

    assert there.url.endswith("?token=t0k-en_%2F1%27%26")
    assert json.loads(arguments(there.command)[-1])["token"] == TOKEN


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in SOURCES])
def test_a_mail_without_a_token_names_what_it_is_about(kind):
    page = page_of(a_mail(a_letter(kind)))
    named = {name for _, name, *_ in Formatter().parse(page.path) if name}

    of_the_account = {"/log-in", "/forgot-password", "/firm", "/register"}
    assert "token" not in named
    assert named or page.path in of_the_account


@pytest.mark.parametrize("kind", list(Kind))
def test_the_command_of_every_mail_is_real(kind):
    command = target(a_mail(a_letter(kind)), PUBLIC_URL, TOKEN).command

    words = arguments(command)
    assert words[:2] == ["chambers", "call"]
    service, _, method = words[2].partition(".")
    message = SERVICES[service].method(method)
    assert message is not None
    assert {"public", "professional", "client"} & set(message.callers.describe())
    fields = json.loads(words[4]) if words[3:] else {}
    assert words[3:] == (["--json", words[4]] if fields else [])
    shape = of_schema(message.request)
    assert set(fields) <= set(shape.get("properties", {}))
    assert set(shape.get("required", ())) <= set(fields)
    assert all(isinstance(value, str) and value for value in fields.values())


def test_a_declined_payment_that_was_owed_before_its_order_was_told_leads_to_all_orders():
    letter = a_letter(Kind.PAYMENT_DECLINED)
    before = {name: fact for name, fact in letter.facts.items() if name != "order_id"}

    there = target(a_mail(replace(letter, facts=before)), PUBLIC_URL)

    assert there.url == f"{PUBLIC_URL}/billing/orders"
    assert there.command == "chambers call billing.list_orders"


def test_an_address_with_a_quote_stays_one_word_of_the_command():
    letter = replace(a_letter(Kind.ALREADY_REGISTERED), recipient="o'neil@example.org")

    words = arguments(target(a_mail(letter), PUBLIC_URL).command)

    assert json.loads(words[-1]) == {"email": "o'neil@example.org"}


def test_the_readme_lists_every_page_with_its_message_and_mails():
    readme = Path(__file__).parents[2] / "README.md"
    rows = re.findall(r"^\| `(/\S*)` \| (.+) \| `(\S+)` \|$", readme.read_text(), re.MULTILINE)
    listed = {
        (kind, path, message)
        for path, kinds, message in rows
        for kind in re.findall(r"`(\w+)`", kinds)
    }

    shown = {"{about_id}": "{id}", "{order_id}": "{id}"}
    expected = set()
    for kind, page in PAGES.items():
        path = re.sub(r"{about_id}|{order_id}", lambda found: shown[found[0]], page.path)
        expected.add((kind, path, page.message))
    assert listed - {("payment_declined", "/billing/orders", "billing.list_orders")} == expected
