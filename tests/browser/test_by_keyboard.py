"""The core without a mouse, and once without scripts."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.people import PASSWORD

MOST_STOPS = 60
SAYS = "one => (one.labels && one.labels[0] || one).textContent.trim().replace(/\\s+/g, ' ')"


def _tab_to(person, text):
    """Go on with Tab until what says this has the focus, and can be seen to have it."""
    for _ in range(MOST_STOPS):
        person.page.keyboard.press("Tab")
        here = person.part(":focus")
        if here.count() and here.evaluate(SAYS).startswith(text):
            assert here.evaluate("one => getComputedStyle(one).outlineStyle") != "none", text
            return
    raise AssertionError(f"no way by Tab to {text!r} in {person.page.url}")


def _type_into(person, **fields):
    for label, text in fields.items():
        _tab_to(person, label.replace("_", " "))
        person.page.keyboard.type(text)


@pytest.mark.proves("S1-42")
def test_logged_in_searched_invited_and_cancelled_by_keys_alone(somebody, practice):
    ana = somebody("Ana Meyer", email=practice.admin.email)
    keys = ana.page.keyboard
    ana.open("/log-in")
    _type_into(ana, **{"E-mail": ana.email, "Password": PASSWORD})
    keys.press("Enter")
    ana.at_path("/clients")

    _type_into(ana, Search="lea")
    expect(ana.part("#found tbody tr")).to_have_count(1)
    assert ana.part(":focus").get_attribute("id") == "search"
    ana.sees("Lea Klein", "#found")

    ana.page.reload()
    _tab_to(ana, "Firm")
    keys.press("Enter")
    ana.at_path("/firm")
    _tab_to(ana, "Invite")
    keys.press("Enter")
    ana.at_path("/firm/invite")
    guest = f"keys-{ana.email}"
    _type_into(ana, **{"Name": "Kim Keys", "E-mail": guest})
    keys.press("Enter")
    ana.sees("Invite 1 person?", "h1")
    _tab_to(ana, "Send invitation")
    keys.press("Enter")
    ana.sees(guest, "#invited")

    _tab_to(ana, f"Cancel the invitation to {guest}")
    keys.press("Enter")
    _tab_to(ana, "Cancel invitation")
    keys.press("Enter")
    ana.sees("is cancelled", "#notice")
    expect(ana.part("#invited")).not_to_contain_text(guest)


def test_the_same_without_scripts(somebody, practice):
    ana = somebody("Ana Meyer", email=practice.admin.email, java_script_enabled=False)
    ana.log_in()
    ana.at_path("/clients")
    ana.fill(search="lea")
    ana.click("Search")
    assert urlsplit(ana.page.url).query.startswith("search=lea")
    expect(ana.part("#found tbody tr")).to_have_count(1)

    guest = f"still-{ana.email}"
    ana.open("/firm/invite")
    ana.fill(name="Sam Still", email=guest)
    ana.click("Go on")
    ana.click("Send invitation")
    ana.sees(guest, "#invited")
    ana.follow(f"Cancel the invitation to {guest}")
    ana.click("Cancel invitation")
    ana.sees("is cancelled", "#notice")
