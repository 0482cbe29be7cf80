"""Every page, for each kind of reader: axe is content, nothing is wider than a phone."""

import hashlib

import pytest

from tests.browser import axe, walks
from tests.browser.people import DESK, PHONE

READERS = {
    "admin": ("professional", "admin"),
    "billing": ("professional", "billing_only"),
    "client": ("client", None),
    "nobody": (None, None),
}
SHOWN = (200, 403, 409)  # a page may say that this reader cannot, or not now
SCROLLS = "document.documentElement.scrollWidth > window.innerWidth"


@pytest.mark.timeout(300)  # some sixty pages, each looked at four times
@pytest.mark.parametrize("reader", READERS)
def test_pages_are_for_everybody_in_light_and_dark_at_a_desk_and_on_a_phone(
    reader, somebody, practice
):
    kind, role = READERS[reader]
    person = somebody(reader)
    if kind is not None:
        person.log_in(getattr(practice, reader).email)
        person.part(".me").wait_for()
    person.context.add_init_script(path=axe.VENDORED)
    wrong = []
    for path in walks.pages(kind, role, practice.ids):
        answer = person.page.goto(person.at + path)
        if answer is None or answer.status not in SHOWN:
            wrong.append(f"{path}: {answer and answer.status}")
        wrong += [f"{path}: {fault}" for fault in _faults(person.page)]
    assert wrong == []


def _faults(page):
    """What is wrong with the page, all rules twice, and those of colour and size for the rest."""
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    found = axe.faults(page)
    if page.evaluate(SCROLLS):
        found.append("wider than a phone")
    page.emulate_media(color_scheme="light")
    found += axe.faults(page, axe.BY_COLOUR_OR_SIZE)
    page.set_viewport_size(DESK)
    found += axe.faults(page)
    page.emulate_media(color_scheme="dark")
    return found + axe.faults(page, axe.BY_COLOUR_OR_SIZE)


def test_axe_is_the_one_that_was_read():
    found = hashlib.sha256(axe.VENDORED.read_bytes()).hexdigest()
    assert found == "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
