"""Who is billing-only sees settings, the firm and bills, and nothing else."""

import re

import pytest

from gateway import navigation
from gateway.pages.table import PAGES
from services.gateway.tests.firm.conftest import Practice

NOBODY = "018f0000-0000-7000-8000-000000000000"
FOR_ADMINS = {"/firm/name", "/firm/visibility"}


@pytest.mark.proves("S1-66")
def test_every_page_of_work_is_refused_to_them_and_every_page_of_settings_is_not(
    practice: Practice, reading_as
) -> None:
    reader = reading_as(practice.bookkeeper)
    assert reader.page.path == "/firm"
    assert {"Clients", "Changes"}.isdisjoint(text for text, _ in reader.page.links)

    asked = {page.path: _status(reader, page.path) for page in PAGES if page.is_of_work}
    own = {path for path in asked if any(navigation.is_below(s, path) for s in navigation.SETTINGS)}

    assert {path for path, status in asked.items() if status == 403} - FOR_ADMINS == set(
        asked
    ) - own
    plain = {path for path in own - FOR_ADMINS if "<" not in path}
    assert {path: asked[path] for path in plain} == dict.fromkeys(plain, 200)


@pytest.mark.proves("S1-66")
def test_members_and_admins_are_not_kept_from_pages_of_work(practice: Practice, reading_as) -> None:
    for person in (practice.member, practice.admin):
        assert reading_as(person).page.path == "/clients"


def _status(reader, path: str) -> int:
    return reader.open(re.sub(r"<[^>]+>", NOBODY, path)).status
